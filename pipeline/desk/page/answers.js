// The answers to a proposal: accept, reject, edit, the rest alike, and taking the last answer back.

import { brief, texts } from "/page/card.js";
import { fill, find, make } from "/page/dom.js";
import { key } from "/page/keys.js";
import { next, open, opened, readProposals, take } from "/page/proposals.js";
import { act } from "/page/server.js";
import { say } from "/page/status.js";
import { sure } from "/page/sure.js";

const UNSAVED = "保存していません。";
const WHICH = { sheet: "このシートの残りの修正", kind: "これと同じ種類の修正" };

function button(text, letter, work, kind = "") {
  return make("button", { type: "button", class: kind, onclick: work }, text, make("kbd", { "aria-hidden": "true" }, letter));
}

export function answerTo(row) {
  const keys = make(
    "div",
    { class: "answers", role: "group", "aria-label": "答え" },
    button(row.writes ? "採用" : "確認した", "a", accept, "main"),
    button("不採用", "r", reject),
    row.start === null ? null : button("文章を直して採用", "e", edit),
    row.mayBeAdded ? button("新しい行として書き足す", "i", addRow) : null,
    button("答えを取り消す", "u", takeBack),
    row.kind === "change"
      ? make("div", { class: "many" }, button("このシートの残りを採用", "t", () => many("sheet")), button(row.isBlank ? "空欄への記入をすべて採用" : "記入済みの欄の修正をすべて採用", "y", () => many("kind")))
      : null,
  );
  return [make("div", { class: "writing", id: "writing", hidden: true }), keys];
}

async function send(path, content) {
  try {
    return await act(path, content);
  } catch (fault) {
    say(fault.message);
    return {};
  }
}

// The answers wait for each other: a key that is pressed twice answers once.
let isBusy = false;

async function decide(content) {
  if (isBusy) return;
  isBusy = true;
  try {
    await decided({ seen: opened()?.decision, ...content });
  } finally {
    isBusy = false;
  }
}

async function decided(content) {
  const answer = await send("/decide", content);
  if (answer.refused) return refused(answer.refused, content);
  if (answer.rivals && !(await rivals(answer.rivals))) return say(UNSAVED);
  const done = answer.rivals ? await send("/decide", { ...content, sure: true }) : answer;
  if (done.saved) close(content);
  tell(done);
  if (done.saved) next();
}

function close({ verdict, id }) {
  drafts.delete(`${verdict} ${id}`);
  find("writing").hidden = true;
}

function tell(answer) {
  take(answer);
  if (answer.saved) say(answer.saved.length > 1 ? `${answer.saved.length}件を保存しました。` : `${answer.saved[0].decision}。保存しました。`);
}

const accept = () => opened() && decide({ id: opened().id, verdict: "accept" });

function rivals(rows) {
  return sure(
    "同じ所に、違う内容を採用しています",
    [make("p", {}, "前の採用を不採用に変えて、これを採用します。"), ...rows.map((row) => texts(row, "h3"))],
    "これを採用する",
  );
}

function refused({ reason, cure }, content) {
  say(UNSAVED); // what was said of the answer before is not said of this one
  const cured = cure ? make("button", { type: "button", onclick: () => decide({ ...content, text: cure }) }, `「${cure.slice(0, 60)}」に改めて採用する`) : null;
  const told = make("div", { class: "refused", role: "alert" }, make("p", {}, "この内容では書き込めません。"), make("p", {}, reason), cured ? make("p", {}, cured) : null);
  const place = find("writing");
  place.hidden = false;
  place.querySelector(".refused")?.remove();
  place.prepend(told);
  if (!place.contains(document.activeElement)) (told.querySelector("button") ?? find("proposal-title")).focus();
}

// What was written and not sent, by verdict and proposal: whoever comes back goes on from there.
const drafts = new Map();

function form(draft, name, field, yes, work) {
  const place = find("writing");
  const done = () => work(field.value);
  const leave = () => {
    place.hidden = true;
    take({});
  };
  const begun = drafts.has(draft) ? again(field, drafts.get(draft)) : null;
  field.addEventListener("input", () => drafts.set(draft, field.value));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (field.tagName === "INPUT" || event.ctrlKey)) (event.preventDefault(), done());
  });
  const buttons = make("div", { class: "buttons" }, make("button", { type: "button", class: "main", onclick: done }, yes), make("button", { type: "button", onclick: leave }, "やめる"));
  fill(place, make("label", {}, name, field), begun, buttons);
  place.hidden = false;
  field.focus();
}

function again(field, draft) {
  const start = field.value;
  field.value = draft;
  const back = () => {
    field.value = start;
    field.dispatchEvent(new Event("input"));
    field.focus();
  };
  return make("p", { class: "small" }, "前に書きかけたものです。", make("button", { type: "button", class: "plain", onclick: back }, "初めに戻す"));
}

function reject() {
  const row = opened();
  if (!row) return;
  const field = make("input", { autocomplete: "off" });
  form(`reject ${row.id}`, "不採用の理由（なければ空のまま Enter。所管課に返すシートのコメントになります）", field, "不採用にする", (reason) => decide({ id: row.id, verdict: "reject", reason }));
}

function edit() {
  const row = opened();
  if (!row) return;
  if (row.start === null) return say("この修正には、直して採用する文章がありません。");
  const field = make("textarea", { rows: Math.min(Math.max(2, Math.ceil(row.start.length / 25)), 10) });
  field.value = row.start;
  form(`accept ${row.id}`, "採用する文章（Ctrl+Enter で保存）", field, "この文章を採用する", (text) => (text.trim() ? decide({ id: row.id, verdict: "accept", text }) : say("文章が空です。")));
}

async function many(which) {
  const row = opened();
  if (!row) return;
  if (row.kind !== "change") return say("まとめて採用できるのは、「修正」と「記入」だけです。");
  const { many: alike = [] } = await send("/decide-many", { id: row.id, which });
  if (!alike.length) return say(`${WHICH[which]}で、まとめて採用できるものはありません。`);
  const list = make("ul", {}, alike.map(brief));
  if (!(await sure(`${WHICH[which]} ${alike.length}件を、まとめて採用しますか`, list, `${alike.length}件を採用する`))) return say(UNSAVED);
  tell(await send("/decide-many", { id: row.id, which, sure: true }));
  next();
}

async function addRow() {
  const row = opened();
  if (!row) return;
  if (!row.mayBeAdded) return say("書き足せるのは、表に追加された行だけです。");
  const planned = await send("/row", { id: row.id });
  if (!planned.file) return say(planned.findings?.[0]?.message ?? "書き足せません。");
  const lines = make("pre", {}, make("ins", {}, planned.lines.join("\n")));
  if (!(await sure(`${planned.file} に、次の行を書き足しますか`, lines, "書き足す"))) return;
  const done = await send("/row", { id: row.id, sure: true });
  await readProposals();
  if (done.message) next();
  say(done.message || done.findings?.[0]?.message);
}

async function takeBack() {
  const answer = await send("/take-back");
  take(answer);
  if (answer.saved?.length) {
    say("答えを取り消しました。");
    open(answer.saved[0].id);
  }
}

export function beginAnswers() {
  key("decide", ["a"], "採用する（書き込む所がないものは「確認した」）", accept);
  key("decide", ["r"], "不採用にする（理由を書けます）", reject);
  key("decide", ["e"], "文章を直して採用する", edit);
  key("decide", ["t"], "このシートの残りを、まとめて採用する", () => many("sheet"));
  key("decide", ["y"], "同じ種類を、まとめて採用する", () => many("kind"));
  key("decide", ["i"], "追加された行を、新しい行として書き足す", addRow);
  key("decide", ["u"], "直前の答えを取り消す", takeBack);
}
