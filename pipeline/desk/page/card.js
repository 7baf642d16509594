// A proposal as it is looked at: both texts with what differs, who wrote it in which sheet, what is asked.

import { make } from "/page/dom.js";

const TAGS = { del: "del", ins: "ins", code: "span" };

export const marked = (pieces) =>
  pieces.map(([mark, text]) => (mark ? make(TAGS[mark], mark === "code" ? { class: "code" } : {}, text) : text));

const side = (level, heading, pieces) => make("section", {}, make(level, {}, heading), make("div", { class: "text" }, marked(pieces)));

export function texts(row, level = "h4") {
  if (row.kind === "refused") return null;
  return make("div", { class: "sides" }, side(level, row.headings[0], row.old), side(level, row.headings[1], row.new));
}

export function card(row) {
  return [
    make("h3", { id: "proposal-title", tabindex: "-1" }, make("span", { class: "kind" }, row.kindName), row.title),
    make("p", { class: "small" }, `${row.measureName}　戻ったシート: ${[row.file, ...row.facts].join("　")}`),
    row.why ? make("p", { class: "why" }, make("b", {}, `${row.whyName}　`), row.why) : null,
    texts(row),
    ...row.comments.map(comment),
    row.chosen ? make("section", {}, make("h4", {}, "採用する文章"), make("div", { class: "text" }, marked(row.chosen))) : null,
    make("p", { class: "decision", id: "decision" }, `決定: ${row.decision}`),
  ];
}

function comment(row) {
  return make(
    "aside",
    { class: "comment", "aria-label": "この欄へのコメント" },
    make("h4", {}, "この欄へのコメント"),
    make("div", { class: "text" }, marked(row.new)),
    make("p", { class: "small" }, row.facts.join("　")),
  );
}

// A proposal as a line of a list: where, and what is proposed.
export const brief = (row) =>
  make("li", {}, make("b", {}, `${row.measure} ${row.title}　`), row.new.map(([, text]) => text).join("").slice(0, 90));
