// The proposals: a list of all, one of them opened, and the answers to it.

import { card } from "/page/card.js";
import { fill, find, make } from "/page/dom.js";
import { finding } from "/page/findings.js";
import { key } from "/page/keys.js";
import { look } from "/page/look.js";
import { ask } from "/page/server.js";
import { say } from "/page/status.js";
import { current, whenOpened } from "/page/views.js";

let rows = [];
let waiting = new Set();
let at = null;
let drawn = null;
let isRead = false;
let answerTo = () => [];

export const opened = () => rows.find((row) => row.id === at);

export async function readProposals() {
  isRead = false;
  if (current() !== "decide") return;
  isRead = true;
  take(await ask("/proposals"));
}

// What the desk answers: the whole list, or what was saved; and how far it has come.
export function take(answer) {
  if (answer.rows) rows = answer.rows;
  for (const saved of answer.saved ?? []) rows = rows.map((row) => (row.id === saved.id ? { ...saved, comments: row.comments } : row));
  if (answer.waiting) waiting = new Set(answer.waiting);
  if (answer.message) say(answer.message);
  if (answer.findings) fill(find("decide-findings"), answer.findings.map((one) => finding(one)));
  if (!opened() && !isWriting()) at = (rows.find((row) => waiting.has(row.id)) ?? rows[0])?.id ?? null;
  show();
}

// Whoever writes is left alone: what is written stays where it is until it is sent or left.
const isWriting = () => drawn === at && document.querySelector("#writing:not([hidden]) :is(textarea, input)") !== null;

function show() {
  const had = document.activeElement.closest("#proposals, #proposal");
  const done = rows.filter((row) => !waiting.has(row.id)).length;
  find("decide-count").textContent = waiting.size || "";
  find("decide-standing").textContent = rows.length ? `${rows.length}件のうち、決めたもの ${done}件、まだのもの ${waiting.size}件` : "";
  const only = find("only-waiting").checked;
  const groups = Map.groupBy(rows.filter((row) => !only || waiting.has(row.id) || row.id === at), (row) => row.measureName);
  fill(find("proposals"), rows.length ? [...groups].map(group) : make("p", {}, "決める修正はありません。シートが戻ったら、「戻ったシートを読む」を押します。"));
  showOne();
  if (had && document.activeElement === document.body) focusOn(had === find("proposal") ? find("proposal-title") : chosen());
}

const chosen = () => find("proposals").querySelector("[aria-current]");

// A new heading has the focus each time, so that it is read aloud.
const focusOn = (place) => place?.focus({ preventScroll: true });

const group = ([name, members]) => make("section", {}, make("h3", {}, name), make("ol", {}, members.map(item)));

function item(row) {
  const state = waiting.has(row.id) ? (row.verdict === "open" ? "まだ" : "書けない") : row.decision.split("（")[0];
  const button = make(
    "button",
    { type: "button", "aria-current": row.id === at ? "true" : null, onclick: () => open(row.id) },
    make("span", { class: "state" }, state),
    `${row.isBlank && row.kind === "change" ? "記入" : row.kindName}　${row.title}`,
    row.kind === "conflict" ? make("span", { class: "small" }, ` ${row.file}`) : null,
  );
  return make("li", { class: waiting.has(row.id) ? "waiting" : "" }, button);
}

function showOne() {
  chosen()?.scrollIntoView({ block: "nearest" });
  if (isWriting()) return;
  drawn = at;
  const row = opened();
  fill(find("proposal"), row ? [...card(row), ...answerTo(row), look(row)] : []);
}

export function open(id) {
  at = id;
  show();
  find("proposal").scrollTop = 0;
}

function step(direction) {
  const place = rows.findIndex((row) => row.id === at) + direction;
  if (rows[place]) open(rows[place].id);
}

// After an answer: the next that waits, from here on and then from the beginning.
export function next() {
  const here = rows.findIndex((row) => row.id === at);
  const row = [...rows.slice(here + 1), ...rows.slice(0, here)].find((one) => waiting.has(one.id));
  if (row) open(row.id);
  else if (rows.length) say("全部の修正を決めました。次は、反映（h）です。");
  focusOn(find("proposal-title"));
}

export function beginProposals(answers) {
  answerTo = answers;
  key("decide", ["j", "ArrowDown", "ArrowRight"], "次の修正", () => step(1));
  key("decide", ["k", "ArrowUp", "ArrowLeft"], "前の修正", () => step(-1));
  key("decide", ["n"], "次の、まだ決めていない修正", next);
  addEventListener("beforeunload", (event) => isWriting() && event.preventDefault());
  find("only-waiting").addEventListener("change", show);
  whenOpened("decide", () => !isRead && readProposals().catch((fault) => say(fault.message)));
}
