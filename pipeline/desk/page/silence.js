// Keeping a warning quiet: a reason, then the lines that come into audit.yaml, then yes or no.

import { find, make } from "/page/dom.js";
import { act } from "/page/server.js";
import { say } from "/page/status.js";
import { sure } from "/page/sure.js";

export function silencer(one) {
  return make("button", { type: "button", class: "plain", onclick: () => silence(one).catch((fault) => say(fault.message)) }, "省く…");
}

async function silence({ id, file, message }) {
  const reason = make("input", { autocomplete: "off", class: "wide" });
  const content = [make("p", {}, message), make("label", {}, "そのままにする理由（点検の記録に残ります）", reason)];
  reason.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && find("sure-yes").click());
  setTimeout(() => reason.focus());
  if (!(await sure("この注意を省く", content, "書き込む内容を見る"))) return;
  if (!reason.value.trim()) return say("理由が空のため、取りやめました。");
  const wanted = { id, file, message, reason: reason.value };
  const planned = await act("/silence", wanted);
  if (!planned.added.length) return say(planned.findings[0]?.message ?? "書き込めませんでした。");
  const lines = make("pre", {}, make("ins", {}, planned.added.join("\n")));
  if (!(await sure("audit.yaml に、次の行を書き足しますか", lines, "書き足す"))) return;
  const done = await act("/silence", { ...wanted, shown: planned.shown });
  say(done.message || done.findings[0]?.message);
}
