// Which view is shown: the address after # names it, so that the browser's back works.

import { find } from "/page/dom.js";

const links = () => [...document.querySelectorAll("[data-view]")];
const opened = new Map();

export const current = () => {
  const name = location.hash.slice(1).split("/")[0];
  return links().some((link) => link.dataset.view === name) ? name : "book";
};

// What the address names within the view: a page of the book, from 0.
export const place = () => location.hash.split("/")[1] ?? "";

export function whenOpened(name, work) {
  opened.set(name, work);
}

export function open(name) {
  location.hash = name;
}

function show() {
  const name = current();
  for (const link of links()) {
    const isShown = link.dataset.view === name;
    find(`view-${link.dataset.view}`).hidden = !isShown;
    if (isShown) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  opened.get(name)?.();
}

export function beginViews() {
  addEventListener("hashchange", show);
  show();
}
