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
  fill(find("board-content"), found, board.isThere ? [counted(board), attention(board), table(board), figures(board)] : null);
}

const counted = ({ counts, called }) =>
  make("p", {}, `送付 ${counts.sent}/${counts.all}${called}　回収 ${counts.back}/${counts.sent}${called}`);

function attention({ attentions, unread }) {
  if (!attentions.length) return null;
  const files = unread.map(([file, why]) => make("li", {}, `${file}: ${why}`));
  const lines = attentions.map((one) => make("li", {}, make("b", {}, `${one.what} ${one.count}件　`), one.which.join("、")));
  return make("ul", { class: "attention", "aria-label": "先に見る所" }, ...lines, ...files);
}

function table(board) {
  const heads = [board.called, "送付", "回収", ...board.columns, "未決"];
  const groups = Map.groupBy(board.rows, (row) => row.departments.join("、"));
  return make(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "送付と回収の表" },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, heads.map((name, n) => make("th", { scope: "col", class: n > 2 ? "number" : "" }, name)))),
      [...groups].map(([department, rows]) => make("tbody", {}, heading(department, rows, heads.length), rows.map(line))),
    ),
  );
}

function figures({ year, fresh }) {
  const heads = ["所管課", "指標", "状態", "時点", "前年度まで"];
  const cell = (text, n) => make(n === 1 ? "th" : "td", n === 1 ? { scope: "row" } : {}, n === 2 && text !== "確定" ? make("b", {}, text) : text);
  return make(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "指標の実績の表" },
    make(
      "table",
      {},
      make("caption", {}, `${year}の実績の状態と時点`),
      make("thead", {}, make("tr", {}, heads.map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, fresh.map((row) => make("tr", {}, row.map(cell)))),
    ),
  );
}

const heading = (name, rows, width) =>
  make("tr", { class: "department" }, make("th", { scope: "rowgroup", colspan: width }, `${name}（回収 ${rows.filter((row) => row.returned && !row.isAwaited).length}/${rows.length}）`));

const line = (row) =>
  make(
    "tr",
    {},
    make("th", { scope: "row" }, row.title),
    make("td", {}, row.sent),
    make("td", {}, row.isAwaited ? make("b", {}, row.returned) : row.returned),
    row.counts.map((count) => make("td", { class: "number" }, count ? String(count) : "")),
    make("td", { class: "number" }, row.open ? make("a", { href: "#decide" }, String(row.open)) : ""),
  );

export function beginBoard() {
  whenOpened("board", () => !isRead && readBoard().catch((fault) => say(fault.message)));
}
