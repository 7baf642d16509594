// The page as a whole: asks for what is shown, and hands it to the views.

import { answerTo, beginAnswers } from "/page/answers.js";
import { beginApplying } from "/page/applying.js";
import { beginBoard, readBoard } from "/page/board.js";
import { beginBook, showBook } from "/page/book.js";
import { find } from "/page/dom.js";
import { showFindings } from "/page/findings.js";
import { beginKeys } from "/page/keys.js";
import { beginProposals, readProposals } from "/page/proposals.js";
import { beginSearch } from "/page/search.js";
import { beginSending } from "/page/sending.js";
import { ask, listen } from "/page/server.js";
import { beginSource } from "/page/source.js";
import { banner, settled, working } from "/page/status.js";
import { beginViews } from "/page/views.js";

let shown = -1;
let mail = -1;

async function refresh() {
  const state = await ask("/state");
  if (state.number === shown) return;
  shown = state.number;
  find("title").textContent = `${state.title}（${state.year}）`;
  document.title = `${state.title} 作業画面`;
  const changed = showBook(state);
  showFindings(state);
  banner(state);
  settled(state, changed);
}

async function told(news) {
  working(news.working);
  if (news.number !== shown) await refresh();
  if (news.mail === mail) return;
  mail = news.mail;
  await Promise.all([readBoard(), readProposals()]);
}

beginBook();
beginSearch();
beginSource();
beginBoard();
beginSending();
beginProposals(answerTo);
beginAnswers();
beginApplying();
beginViews();
beginKeys();
let latest = null;

// Where another run holds the year, what could not be read is asked for again.
async function hear(news) {
  latest = news;
  try {
    await told(news);
  } catch (fault) {
    working(fault.message);
    mail = -1;
    setTimeout(() => latest === news && hear(news), 2000);
  }
}

listen(
  hear,
  () => working("作業画面とのつながりが切れました。make desk をもう一度実行してください。"),
);
