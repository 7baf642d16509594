// Where a piece of the page comes from: what was clicked, the places it may be, the steps of a calculation.

import { fill, find, make } from "/page/dom.js";
import { where } from "/page/findings.js";
import { ask } from "/page/server.js";
import { say } from "/page/status.js";

async function asked(span, key) {
  document.querySelector(".texts .chosen")?.classList.remove("chosen");
  span.classList.add("chosen");
  const words = span.textContent.trim();
  if (words) show(await ask(`/source?key=${key}&words=${encodeURIComponent(words)}`));
}

function show({ words, found, rest }) {
  const told = found.length > 1 ? `次のどれかです（${found.length + rest}か所）。` : found.length ? "" : "入力データに、この文字の所が見つかりません。様式（Word）の文字か、計算した結果です。";
  fill(
    find("source"),
    make("blockquote", {}, words.length > 60 ? `${words.slice(0, 60)}…` : words),
    told ? make("p", { class: "small" }, told) : null,
    found.map(origin),
    rest ? make("p", { class: "small" }, `ほか${rest}か所`) : null,
  );
  find("source-box").hidden = false;
}

function origin(one, n, all) {
  return make(
    "section",
    { class: "origin" },
    make("h4", {}, one.title),
    one.key ? make("p", { class: "small" }, "キー ", make("code", {}, one.key)) : null,
    make("p", { class: "where" }, ...where(one)),
    one.steps.length ? make("details", { open: all.length === 1 }, make("summary", {}, "計算の手順"), make("ol", { class: "steps" }, one.steps.map(step))) : null,
  );
}

function step(one) {
  const place = one.place ? make("a", { class: "small", href: one.place.editor }, ` ${one.place.file.split("/").pop()} ${one.place.line}行`) : null;
  return make("li", {}, make("b", {}, `${one.name}　`), one.text, place);
}

export const answer = (span) => asked(span, span.closest(".page").dataset.key).catch((fault) => say(fault.message));

export function beginSource() {
  find("pages").addEventListener("click", (event) => {
    if (event.target.matches(".texts > span") && !String(getSelection())) answer(event.target);
  });
  find("source-close").addEventListener("click", () => (find("source-box").hidden = true));
}
