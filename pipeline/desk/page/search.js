// Searching the book: the page's own texts, from the page that is shown onwards and round.

import { bookPages, go, here, placeOf } from "/page/book.js";
import { find } from "/page/dom.js";
import { key } from "/page/keys.js";
import { ask } from "/page/server.js";
import { answer } from "/page/source.js";

const texts = new Map();
let last = { words: "", page: -1 };

async function textOf(page) {
  if (!texts.has(page.key)) texts.set(page.key, (await ask(`/texts?key=${page.key}`)).map(([text]) => text).join(""));
  return texts.get(page.key);
}

const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

async function search() {
  const words = plain(find("search-words").value);
  if (!words) return;
  const pages = bookPages();
  const start = last.words === words ? last.page + 1 : here();
  for (let n = 0; n < pages.length; n++) {
    const page = (start + n) % pages.length;
    if (!plain(await textOf(pages[page])).includes(words)) continue;
    last = { words, page };
    find("search-found").textContent = `${pages[page].label}ページにあります`;
    go(page);
    mark(words);
    return;
  }
  find("search-found").textContent = "見つかりません";
  find("search-source").hidden = true;
}

function mark(words) {
  document.querySelectorAll(".texts .found").forEach((span) => span.classList.remove("found"));
  const spans = placeOf(last.page)?.querySelectorAll(".texts > span") ?? [];
  for (const span of spans) if (plain(span.textContent).includes(words)) span.classList.add("found");
  find("search-source").hidden = !found().length;
}

const found = () => [...document.querySelectorAll(".texts .found")];

// One after the other of what was found on the page, for who has no mouse to press it.
function source() {
  const spans = found();
  const chosen = spans.findIndex((span) => span.classList.contains("chosen"));
  if (spans.length) answer(spans[(chosen + 1) % spans.length]).then(() => find("source-heading").focus());
}

export function beginSearch() {
  find("search").addEventListener("submit", (event) => (event.preventDefault(), search()));
  find("search-source").addEventListener("click", source);
  find("pages").addEventListener("laid", () => last.words && mark(last.words));
  key("book", ["/"], "冊子の文字を探す", () => find("search-words").select());
}
