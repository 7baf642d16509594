// The contents beside the book, with how many findings each part has.

import { fill, find, make } from "/page/dom.js";

let lines = [];
if (matchMedia("(max-width: 48rem)").matches) find("contents-fold").open = false;

export function showContents(state, go) {
  lines = state.contents.filter((line, n) => line.level > 0 || state.contents[n + 1]?.page !== line.page);
  const items = lines.map((line, n) => item(state, line, n, go));
  fill(find("contents"), make("ol", {}, items));
}

function item(state, line, n, go) {
  const end = lines[n + 1]?.page ?? state.pages.length;
  const isGoal = lines[n + 1]?.level > line.level;
  const count = isGoal ? 0 : state.findings.filter((finding) => finding.pages.some((p) => p >= line.page && p < end)).length;
  const link = make(
    "a",
    { href: `#book/${line.page}`, onclick: (event) => (event.preventDefault(), go(line.page)) },
    make("span", {}, line.title),
    count ? make("span", { class: "marks" }, `▲${count}`, make("span", { class: "unseen" }, "件の直す所")) : null,
    make("span", { class: "folio" }, state.pages[line.page].label),
  );
  return make("li", { class: isGoal ? "goal" : line.level > 1 ? "deep" : "" }, link);
}

export function markContents(page) {
  const links = [...find("contents").querySelectorAll("a")];
  const last = lines.findLastIndex((line) => line.page <= page);
  links.forEach((link, n) => {
    if (n === last) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  const link = links[last];
  const holder = find("contents").closest("nav");
  if (link && (link.offsetTop < holder.scrollTop || link.offsetTop > holder.scrollTop + holder.clientHeight - 40)) {
    holder.scrollTop = link.offsetTop - holder.clientHeight / 2;
  }
}
