// How large the pages are: fitted to the window's width until somebody chooses otherwise.

import { find } from "/page/dom.js";
import { key } from "/page/keys.js";

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3];
const A4 = 595.28;
const PIXELS = 96 / 72;
let chosen = null;
let changed = () => {};

const fitted = () => Math.max(0.3, Math.min(1.6, (find("pages").clientWidth - 34) / A4));

export const scale = () => (chosen === null ? fitted() : chosen * PIXELS);

function set(to) {
  chosen = to;
  show();
}

function show() {
  find("zoom").textContent = `${Math.round((scale() / PIXELS) * 100)}%`;
  changed();
}

function step(direction) {
  const now = scale() / PIXELS;
  const next = direction > 0 ? STEPS.find((one) => one > now + 0.01) : STEPS.findLast((one) => one < now - 0.01);
  if (next) set(next);
}

export function beginZoom(work) {
  changed = work;
  find("larger").addEventListener("click", () => step(1));
  find("smaller").addEventListener("click", () => step(-1));
  find("fit").addEventListener("click", () => set(null));
  key("book", ["+", ";"], "大きくする", () => step(1));
  key("book", ["-"], "小さくする", () => step(-1));
  key("book", ["0"], "幅に合わせる", () => set(null));
  new ResizeObserver(() => find("pages").clientWidth && show()).observe(find("pages")); // of no width where it is hidden
}
