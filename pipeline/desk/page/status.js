// How it stands: what is being done, what became of it, and what must be seen first.

import { find } from "/page/dom.js";

let said = "";

export function say(text) {
  said = text;
  const place = find("status");
  place.classList.remove("working");
  place.textContent = text;
}

export function working(what) {
  const place = find("status");
  place.classList.toggle("working", Boolean(what));
  place.textContent = what ? `${what}…` : said;
}

export function settled(state, changed) {
  if (!state.isCurrent) return say(state.number ? "前回の冊子を表示しています。" : "");
  const pages = changed.length ? `${changed.join("、")}ページを入れ替えました。` : "冊子は変わっていません。";
  return say(state.number > 1 ? pages : "冊子は最新です。");
}

export function banner(state) {
  const errors = state.findings.filter((finding) => finding.severity === "error").length;
  const place = find("banner");
  const text = state.fault || (errors ? `エラーが${errors}件あるため、前回の冊子を表示しています。「直す所」を見て、直してください。` : "");
  place.hidden = !text;
  place.textContent = text;
}
