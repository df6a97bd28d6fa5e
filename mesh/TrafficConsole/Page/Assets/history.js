// What changed, as sentences, each with a way back.
import { byId, make, say, send } from "./page.js";

let shown = -1;

export function startHistory() {
  byId("history").hidden = false;
}

export function showHistory(history) {
  const newest = history[0]?.number ?? 0;
  if (newest === shown) return;
  shown = newest;
  byId("changes").replaceChildren(...history.length > 0
    ? history.slice(0, 12).map(line)
    : [make("li", { class: "quiet" }, "Nothing since the start.")]);
}

function line(change) {
  const time = new Date(change.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const undo = make("button", { type: "button", "aria-label": `Undo: ${change.what}` }, "Undo");
  undo.addEventListener("click", async () => {
    const answer = await send("POST", `/api/history/${change.number}/undo`);
    say(byId("history-said"), answer.ok ? `The rules from before “${change.what}” are active.` : answer.detail, answer.ok);
  });
  return make("li", {}, make("span", {}, make("time", { datetime: change.at }, time), ` ${change.what}, by ${change.by}`), undo);
}
