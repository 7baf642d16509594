// The board: what needs attention, and every measure's sheet by department.

import { fill, find, make } from "/page/dom.js";
import { finding } from "/page/findings.js";
import { ask } from "/page/server.js";
import { say } from "/page/status.js";
import { current, whenOpened } from "/page/views.js";

let isRead = false;

export async function readBoard() {
  isRead = false;
  if (current() !== "board") return;
  isRead = true;
  show(await ask("/board"));
}

function show(board) {
  const found = board.findings.filter((one) => one.severity !== "info").map((one) => finding(one));
  const shown = board.isThere ? [progress(board), attention(board), table(board), figures(board)] : null;
  fill(find("board-content"), found, shown);
}

const lines = (words) => words.map((line) => make("li", {}, line));

const progress = ({ progress, decided, following }) =>
  make(
    "ul",
    { class: "progress", "aria-label": "進み具合と次にすること" },
    lines(progress.map((one) => `送付 ${one.sent}/${one.all}${one.name}　回収 ${one.back}/${one.sent}${one.name}`)),
    decided ? lines([decided]) : null,
    following.map((line) => make("li", { class: "following" }, line)),
  );

function attention({ attentions }) {
  if (!attentions.length) return null;
  const which = ({ which, why }) => (why.length ? make("ul", {}, lines(which.map((file, n) => `${file}: ${why[n]}`))) : which.map((name, n) => make("span", {}, n + 1 < which.length ? `${name}、` : name)));
  const shown = attentions.map((one) => make("li", {}, make("b", {}, `${one.what} ${one.count}件　`), which(one)));
  return make("ul", { class: "attention", "aria-label": "先に見る所" }, ...shown);
}

function table({ called, columns, groups }) {
  const heads = [called, "送付", "回収", ...columns];
  return make(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "送付と回収の表" },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, heads.map((name, n) => make("th", { scope: "col", class: n > 2 ? "number" : "" }, name)))),
      groups.map((group) => make("tbody", {}, heading(group, heads.length), group.rows.map((row) => line(row, columns)))),
    ),
  );
}

const heading = ({ departments, back, all }, width) =>
  make("tr", { class: "department" }, make("th", { scope: "rowgroup", colspan: width }, `${departments}（回収 ${back}/${all}）`));

// In a narrow window a row stands as lines, where each cell says its column.
const cell = (column, content, kind = "") => make("td", { class: kind, "data-column": column }, content);

const line = ({ title, sent, returned, is_awaited: isAwaited, counts }, columns) =>
  make(
    "tr",
    {},
    make("th", { scope: "row" }, title),
    cell("送付", sent),
    cell("回収", isAwaited ? make("b", {}, returned) : returned),
    counts.slice(0, -1).map((count, n) => cell(columns[n], count ? String(count) : "", "number")),
    cell(columns.at(-1), counts.at(-1) ? make("a", { href: "#decide" }, String(counts.at(-1))) : "", "number"),
  );

const FIGURES = ["所管課", "指標", "状態", "時点", "前年度まで"];

function figures({ settled, figures }) {
  return make(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "指標の実績の表" },
    make(
      "table",
      {},
      make("caption", {}, settled),
      make("thead", {}, make("tr", {}, FIGURES.map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, figures.map(figure)),
    ),
  );
}

const figure = ({ owner, name, state, as_of: day, late }) =>
  make(
    "tr",
    {},
    cell(FIGURES[0], owner),
    make("th", { scope: "row" }, name),
    cell(FIGURES[2], state === "確定" ? state : make("b", {}, state)),
    cell(FIGURES[3], day),
    cell(FIGURES[4], late.length ? make("b", {}, late.join("、")) : ""),
  );

export function beginBoard() {
  whenOpened("board", () => !isRead && readBoard().catch((fault) => say(fault.message)));
}
