// The file as it came back, beside the proposal: the page where it stands, or the row of a workbook.

import { fill, make } from "/page/dom.js";
import { ask } from "/page/server.js";

// Whoever answers quickly need not wait for pages that nobody looks at.
const PATIENCE = 250;
let waiting = 0;

export function look(row) {
  const place = make("section", { class: "returned", "aria-label": "戻ったファイル" });
  clearTimeout(waiting);
  if (row.kind === "refused") return place;
  waiting = setTimeout(async () => {
    const found = await ask(`/returned?id=${encodeURIComponent(row.id)}`).catch(({ message }) => ({ reason: message, row: [] }));
    if (place.isConnected) show(place, row, found);
  }, PATIENCE);
  return place;
}

function show(place, row, found) {
  const what = found.row.length ? "記入表の行" : "ページ";
  const heading = make("h4", {}, `戻ったファイル（${row.file}）${found.reason ? "" : `の${what}`}`);
  if (found.reason) return fill(place, heading, make("p", { class: "small" }, found.reason));
  if (found.row.length) return fill(place, heading, cells(found));
  const paper = make("div", { class: "paper", tabindex: "0", role: "region", "aria-label": `${row.file}のページ` });
  const note = make("p", { class: "small" });
  const turn = (page) => {
    note.textContent = `${page + 1}/${found.pages}ページ${found.places.length ? "" : "（文字の場所は見つかりませんでした）"}`;
    turned(paper, row, found, page);
  };
  fill(place, heading, make("div", { class: "turning" }, ...turners(found, turn), note), paper);
  turn(found.page);
}

function turners(found, turn) {
  let page = found.page;
  const step = (by) => () => {
    page = Math.min(Math.max(page + by, 0), found.pages - 1);
    turn(page);
  };
  if (found.pages < 2) return [];
  return [
    make("button", { type: "button", onclick: step(-1) }, "前のページ"),
    make("button", { type: "button", onclick: step(1) }, "次のページ"),
  ];
}

function turned(paper, row, found, page) {
  const image = make("img", { src: `/returned-picture?id=${encodeURIComponent(row.id)}&page=${page}`, alt: `${row.file}の${page + 1}ページ` });
  const marks = page === found.page ? found.places.map((one) => mark(one, found)) : [];
  image.addEventListener("load", () => (paper.scrollTop = marks.length ? marks[0].offsetTop - 60 : 0));
  fill(paper, make("div", { class: "sheet" }, image, marks));
}

function mark([left, top, width, height], found) {
  const made = make("span", { class: "here" });
  made.style.left = `${(left / found.width) * 100}%`;
  made.style.top = `${(top / found.height) * 100}%`;
  made.style.width = `${(width / found.width) * 100}%`;
  made.style.height = `${(height / found.height) * 100}%`;
  return made;
}

const cells = (found) =>
  make(
    "div",
    { class: "table", tabindex: "0", role: "region", "aria-label": "記入表の行" },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, found.row.map(([address]) => make("th", { scope: "col" }, address)))),
      make("tbody", {}, make("tr", {}, found.row.map(([address, text]) => make("td", {}, address === found.cell ? make("ins", {}, text) : text)))),
    ),
  );
