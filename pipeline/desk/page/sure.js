// Asking once more before something is written: what will change, yes or no.

import { fill, find } from "/page/dom.js";

export function sure(title, content, yes) {
  const dialog = find("sure");
  if (dialog.open) return Promise.resolve(false);
  find("sure-heading").textContent = title;
  fill(find("sure-content"), content);
  find("sure-yes").hidden = !yes;
  find("sure-yes").textContent = yes;
  find("sure-no").textContent = yes ? "やめる" : "閉じる";
  dialog.returnValue = "no";
  dialog.showModal();
  find(yes ? "sure-yes" : "sure-no").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
