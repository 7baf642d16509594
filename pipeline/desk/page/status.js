// How it stands: what is being done, what became of it, and what must be seen first.

import { find } from "/page/dom.js";

// What is soon done is only seen; what takes longer is read aloud, too: once, and not each stage of it.
const LONG = 1000;
let reading = 0;
let read = "";

export function say(text) {
  find("status").textContent = text;
}

export function working(what) {
  if (!what) return stop();
  const told = what.endsWith("。") ? what : `${what}…`;
  find("doing").textContent = told;
  reading ||= setTimeout(() => say((read = told)), LONG);
}

function stop() {
  find("doing").textContent = "";
  clearTimeout(reading);
  reading = 0;
  if (find("status").textContent === read) say("");
}

export function settled(state, changed) {
  if (!state.isCurrent) return say(state.pages.length ? "前回の冊子を表示しています。" : "");
  const pages = changed.length ? `${runs(changed).join("、")}ページを入れ替えました。` : "冊子は変わっていません。";
  return say(state.number > 1 ? pages : "冊子は最新です。");
}

// Pages that follow each other are told by the first and the last of them: there may be a whole book of them.
function runs(labels) {
  const found = [];
  for (const label of labels) {
    if (Number(label) === Number(found.at(-1)?.at(-1)) + 1) found.at(-1).push(label);
    else found.push([label]);
  }
  return found.map((run) => (run.length > 1 ? `${run[0]}～${run.at(-1)}` : run[0]));
}

export function banner(state) {
  const errors = state.findings.filter((finding) => finding.severity === "error").length;
  const place = find("banner");
  const text = state.fault || (errors ? `エラーが${errors}件あるため、前回の冊子を表示しています。「直す所」を見て、直してください。` : "");
  place.hidden = !text;
  place.textContent = text;
}
