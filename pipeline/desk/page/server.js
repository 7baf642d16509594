// Asking the desk: questions, what is to be done, and the news of it.

const TOKEN = document.querySelector("meta[name=token]").content;

async function answered(response) {
  if (!response.ok) throw new Error((await response.text()) || "応答がありません。");
  return response.json();
}

export const ask = async (path) => answered(await fetch(path));

export const act = async (path, content = {}) =>
  answered(
    await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Desk-Token": TOKEN },
      body: JSON.stringify(content),
    }),
  );

export function listen(told, lost) {
  const news = new EventSource("/events");
  news.onmessage = (message) => told(JSON.parse(message.data));
  news.onerror = lost;
}
