// What is found: beside the page that it concerns, and all of it as a list.

import { fill, find, make } from "/page/dom.js";
import { silencer } from "/page/silence.js";

const NONE = "直す所はありません。";

export function finding(one, extra = []) {
  return make(
    "div",
    { class: `finding ${one.severity}` },
    make("p", {}, make("span", { class: "word" }, one.word), one.message),
    one.hint ? make("p", { class: "small" }, one.hint) : null,
    make("p", { class: "where" }, ...where(one), make("code", {}, one.id), one.maySilence ? silencer(one) : "", ...extra),
  );
}

export function where(one) {
  const line = one.line ? `${one.line}行` : "";
  return [make("a", { href: one.editor, title: "エディターで開く" }, `${one.file} ${line}`), copier(one.path)];
}

export function copier(path) {
  const button = make("button", { type: "button", class: "plain", title: path }, "場所を写す");
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(path).catch(() => {});
    button.textContent = "写しました";
  });
  return button;
}

export function showFindings(state) {
  find("findings-count").textContent = state.findings.length + state.rest || "";
  const groups = Map.groupBy(state.findings, (one) => one.file);
  const rest = state.rest ? make("p", {}, `ほか${state.rest}件は、上のものを直すと、ここに示します。`) : null;
  fill(find("all-findings"), state.findings.length ? [[...groups].map(group), rest] : make("p", {}, NONE));
}

function group([file, found]) {
  return make("section", {}, make("h3", {}, file), ...found.map((one) => finding(one, pageLinks(one))));
}

function pageLinks(one) {
  return one.pages.slice(0, 1).map((page) => make("a", { href: `#book/${page}` }, "ページを見る"));
}

export function findingsOf(page, findings) {
  const found = findings.filter((one) => one.pages.includes(page));
  const general = findings.filter((one) => !one.pages.length).length;
  fill(
    find("page-findings"),
    found.length ? found.map((one) => finding(one)) : make("p", { class: "small" }, "このページに直す所はありません。"),
    general ? make("p", { class: "small" }, make("a", { href: "#findings" }, `ページの決まらない直す所 ${general}件`)) : null,
  );
}
