// Reading what came back, writing what was accepted into the inputs, and taking that back.

import { fill, find, make } from "/page/dom.js";
import { finding } from "/page/findings.js";
import { key } from "/page/keys.js";
import { readProposals, take } from "/page/proposals.js";
import { act, ask } from "/page/server.js";
import { say } from "/page/status.js";
import { sure } from "/page/sure.js";

const STEPS = {
  apply: { question: (count) => `入力データの${count}か所を書き換えますか`, yes: "反映する" },
  undo: { question: (count) => `最後に反映した${count}か所を、前の内容に戻しますか`, yes: "取り消す" },
};

const short = (text) => (text.length > 80 ? `${text.slice(0, 80)}…` : text) || "（なし）";

const change = (one) => make("li", {}, make("b", {}, one.title), make("br"), `${short(one.old)} → ${short(one.new)}`);

async function carryOut(name) {
  const planned = await ask(`/${name}`);
  const { question, yes } = STEPS[name];
  const count = planned.changes.length;
  const content = [make("p", {}, planned.message), make("ul", {}, planned.changes.map(change)), ...planned.findings.map((one) => finding(one))];
  if (!(await sure(count ? question(count) : planned.message || "できませんでした", count ? content.slice(1) : content.slice(1), count ? yes : ""))) return;
  const done = await act(`/${name}`);
  say(done.message);
  await readProposals();
  fill(find("decide-findings"), done.findings.map((one) => finding(one)));
  say(done.message);
}

const safely = (work) => () => work().catch((fault) => say(fault.message));

export function beginApplying() {
  const apply = safely(() => carryOut("apply"));
  find("apply").addEventListener("click", apply);
  key("decide", ["h"], "採用したものを反映する（書き換える所を先に示します）", apply);
  find("undo").addEventListener("click", safely(() => carryOut("undo")));
  find("collect").addEventListener("click", safely(async () => take(await act("/collect"))));
}
