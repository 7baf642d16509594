// What goes out to the departments: shown by department first, then made.

import { fill, find, make } from "/page/dom.js";
import { copier, finding } from "/page/findings.js";
import { key } from "/page/keys.js";
import { act } from "/page/server.js";
import { say } from "/page/status.js";
import { sure } from "/page/sure.js";

const QUESTIONS = {
  send: (count) => `${count}件を、各課に送れるように並べますか`,
  remind: (count) => `${count}件を、再依頼の送付状とともに並べますか`,
  sendback: (count) => `${count}件を、不採用の理由を付けて並べますか`,
};
const NOTE = "新しく作るものには整理番号が付き、送付の記録に残ります。記録は取り消せません。間違えたときは、配らずに入力データを直し、「もう一度作る番号」に書いて作り直します。";

const file = (one) => make("li", {}, one.isNew ? make("b", {}, "新 ") : null, one.file);

const folder = ({ name, files }) => make("section", {}, make("h3", {}, name), make("ul", {}, files.map(file)));

function content(planned) {
  return [
    ...planned.folders.map(folder),
    planned.answered ? make("p", { class: "small" }, `回答が戻った${planned.answered}件は、並べません。`) : null,
    planned.folders.some(({ files }) => files.some((one) => one.isNew)) ? make("p", { class: "small" }, NOTE) : null,
    ...planned.findings.map((one) => finding(one)),
  ];
}

async function send(sort) {
  const wanted = { sort, deadline: find("send-deadline").value, again: find("send-again").value };
  const planned = await act("/send", wanted);
  const count = new Set(planned.folders.flatMap(({ files }) => files.map((one) => one.file))).size;
  const title = count ? QUESTIONS[sort](count) : planned.message || "作れませんでした";
  if (!(await sure(title, content(planned), count ? "並べる" : ""))) return;
  const done = await act("/send", { ...wanted, shown: planned.shown });
  say(done.isDone ? "並べました。" : done.message || "作れませんでした。");
  const where = make("p", { class: "where" }, make("code", {}, done.path), copier(done.path));
  fill(find("send-done"), make("p", {}, done.message), done.isDone ? where : null, done.findings.map((one) => finding(one)));
}

export function beginSending() {
  for (const [sort, letter, told] of [
    ["send", "s", "各課に送るものを見て、作る"],
    ["remind", "r", "まだ戻っていないものの再依頼を見て、作る"],
    ["sendback", "b", "不採用を返すものを見て、作る"],
  ]) {
    const work = () => send(sort).catch((fault) => say(fault.message));
    find(sort).addEventListener("click", work);
    find(sort).append(make("kbd", { "aria-hidden": "true" }, letter));
    key("board", [letter], told, work);
  }
}
