// The book: its pages one below the other, of which only those that changed are exchanged.

import { showContents, markContents } from "/page/contents.js";
import { fill, find, make } from "/page/dom.js";
import { findingsOf } from "/page/findings.js";
import { key } from "/page/keys.js";
import { loadTexts } from "/page/texts.js";
import { place as named, whenOpened } from "/page/views.js";
import { beginZoom, scale } from "/page/zoom.js";

let pages = [];
let findings = [];
let at = 0;
let seen = [0, 0];
const GAP = 8;
const places = () => [...find("pages").querySelectorAll(".page")];
const MAKING = "冊子を作っています。できると、ここに示します。";
const NOT_MADE = "まだ冊子がありません。「直す所」を見て直すと、ここに示します。";

// Pages are drawn when they come near the window; what left it keeps its picture.
const near = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => draw(one.target)), {
  root: null,
  rootMargin: "600px",
});

function draw(place) {
  near.unobserve(place);
  const page = pages[places().indexOf(place)];
  if (!page) return;
  const dense = scale() * devicePixelRatio;
  const wanted = dense <= 1 ? "1" : dense <= 1.5 ? "1.5" : dense <= 2 ? "2" : "3";
  const source = `/picture?key=${page.key}&scale=${wanted}`;
  const picture = place.querySelector("img");
  if (picture.getAttribute("src") !== source) picture.src = source;
  if (place.dataset.texts !== page.key) loadTexts(place, page);
}

function built(page) {
  return make(
    "article",
    { class: "page", "aria-label": `${page.label}ページ`, "data-key": page.key },
    make("h3", {}, `${page.label}ページ`),
    make("img", { alt: "", draggable: "false" }),
    make("div", { class: "texts" }),
  );
}

export function showBook(state) {
  const before = pages.map((page) => page.key);
  pages = state.pages;
  findings = state.findings;
  const changed = [];
  const holder = find("pages");
  if (!pages.length || !places().length) fill(holder, pages.length ? [] : make("p", { class: "none" }, state.number ? NOT_MADE : MAKING));
  while (places().length > pages.length) holder.lastElementChild.remove();
  pages.forEach((page, n) => {
    const place = holder.children[n] ?? holder.appendChild(built(page));
    if (page.key === before[n]) return;
    if (before.length) changed.push(page.label);
    exchange(place, page, state.number > 1);
  });
  resize();
  mark();
  showContents(state, go);
  moved(at);
  return changed;
}

function exchange(place, page, isNew) {
  place.dataset.key = page.key;
  place.setAttribute("aria-label", `${page.label}ページ`);
  place.querySelector("h3").textContent = `${page.label}ページ`;
  place.classList.toggle("changed", isNew);
  near.unobserve(place);
  near.observe(place);
}

function mark() {
  places().forEach((place, n) => {
    place.querySelector(".page-mark")?.remove();
    const count = findings.filter((finding) => finding.pages.includes(n)).length;
    if (count) place.append(make("span", { class: "page-mark" }, `直す所 ${count}`));
  });
}

function resize() {
  places().forEach((place, n) => {
    place.style.width = `${pages[n].width * scale()}px`;
    place.style.height = `${pages[n].height * scale()}px`;
    place.querySelector(".texts").style.transform = `scale(${scale()})`;
  });
}

function rescaled() {
  resize();
  places().forEach((place) => {
    near.unobserve(place);
    near.observe(place);
  });
  restore();
}

// Sizes change, and other views hide the book, while the reader stays where they last were.
function restore() {
  const [page, share] = seen;
  const place = places()[page];
  if (place) find("pages").scrollTop = place.offsetTop - GAP + share * place.offsetHeight;
}

// Where the reader is: the page at the upper third of the window, and how far down in it.
function position() {
  const holder = find("pages");
  const line = holder.scrollTop + GAP;
  const n = places().findIndex((place) => place.offsetTop + place.offsetHeight > line + holder.clientHeight / 3);
  const page = Math.max(n, 0);
  const place = places()[page];
  return [page, place ? (line - place.offsetTop) / place.offsetHeight : 0];
}

function scrolled() {
  seen = position();
  moved(seen[0]);
}

function moved(page) {
  at = Math.min(page, Math.max(pages.length - 1, 0));
  if (document.activeElement !== find("page-number")) find("page-number").value = pages[at]?.label ?? "";
  find("page-count").textContent = pages.length ? `（全${pages.length}枚）` : "";
  markContents(at);
  findingsOf(at, findings);
}

export function go(page) {
  seen = [Math.max(0, Math.min(page, pages.length - 1)), 0];
  restore();
  moved(seen[0]);
}

export const bookPages = () => pages;
export const placeOf = (page) => places()[page];
export const here = () => at;

function asked() {
  const wanted = find("page-number").value.normalize("NFKC").trim();
  const page = pages.findIndex((one) => one.label === wanted);
  if (page >= 0) go(page);
  find("pages").focus();
}

export function beginBook() {
  beginZoom(rescaled);
  whenOpened("book", () => named() && go(Number(named())));
  find("pages").addEventListener("scroll", scrolled, { passive: true });
  find("page-number").addEventListener("change", asked);
  find("page-number").addEventListener("keydown", (event) => event.key === "Enter" && asked());
  key("book", ["j", "ArrowRight", "PageDown"], "次のページ", () => go(at + 1));
  key("book", ["k", "ArrowLeft", "PageUp"], "前のページ", () => go(at - 1));
  key("book", ["g"], "ページの番号を入れて移る", () => find("page-number").select());
}
