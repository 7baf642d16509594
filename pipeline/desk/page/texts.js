// The text of a page above its picture, to be selected, searched and read aloud.

import { make } from "/page/dom.js";
import { ask } from "/page/server.js";

const ruler = document.createElement("canvas").getContext("2d");

export async function loadTexts(place, page) {
  place.dataset.texts = page.key;
  const found = await ask(`/texts?key=${page.key}`).catch(() => []);
  if (place.dataset.key !== page.key) return;
  const layer = place.querySelector(".texts");
  layer.replaceChildren(...found.map(laid));
  layer.dispatchEvent(new CustomEvent("laid", { bubbles: true }));
}

// A span is as wide as the text on paper, whatever the browser's own widths are.
function laid([text, left, top, width, height]) {
  const span = make("span", {}, `${text} `);
  const size = Math.max(height, 4);
  ruler.font = `${size}px "BIZ UDPGothic"`;
  span.style.left = `${left}px`;
  span.style.top = `${top}px`;
  span.style.fontSize = `${size}px`;
  span.style.transform = `scaleX(${width / Math.max(ruler.measureText(text).width, 0.1)})`;
  return span;
}
