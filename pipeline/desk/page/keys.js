// Keys: each view names its own; a letter is a key only where nobody types a text.

import { fill, find, make } from "/page/dom.js";
import { current } from "/page/views.js";

const keys = [];
const SIGNS = { ArrowDown: "↓", ArrowUp: "↑", ArrowRight: "→", ArrowLeft: "←", " ": "空白" };
const KANA = { あ: "a", え: "e", う: "u", い: "i", お: "o" };

export function key(view, names, told, work) {
  keys.push({ view, names, told, work });
}

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function plain(event) {
  const name = event.key.normalize("NFKC");
  return KANA[name] ?? (name.length === 1 ? name.toLowerCase() : name);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const name = plain(event);
  if (name.startsWith("Arrow") && event.target.closest(".paper, .table")) return; // scrolls what has the focus
  const found = keys.find((one) => (one.view === current() || one.view === "") && one.names.includes(name));
  if (!found) return;
  event.preventDefault();
  found.work();
}

function list() {
  const rows = keys.filter((one) => one.view === current() || one.view === "");
  fill(
    find("keys-list"),
    make(
      "dl",
      { class: "keys" },
      rows.map((one) => [
        make("dt", {}, ...one.names.map((name) => make("kbd", {}, SIGNS[name] ?? name))),
        make("dd", {}, one.told),
      ]),
    ),
  );
  find("keys").showModal();
}

export function beginKeys() {
  key("", ["?"], "この一覧", list);
  find("keys-button").addEventListener("click", list);
  addEventListener("keydown", pressed);
}
