// What changed, as sentences, each with a way back.
import { byId, clock, make, say, send } from "./page.js";
import { t, told } from "./words.js";

let shown;

export function startHistory() {
  byId("history").hidden = false;
  addEventListener("language", () => { shown = undefined; });
}

export function showHistory(history) {
  const newest = history[0]?.at ?? "";
  if (newest === shown) return;
  shown = newest;
  byId("changes").replaceChildren(...history.length > 0
    ? history.slice(0, 12).map(line)
    : [make("li", { class: "quiet" }, t("Nothing since the start."))]);
}

function line(change) {
  const what = told(change.what);
  const undo = make("button", { type: "button", "aria-label": t("Undo: {what}", { what }) }, t("Undo"));
  undo.addEventListener("click", async () => {
    const answer = await send("POST", `/api/history/${change.number}/undo`);
    say(byId("history-said"), answer.ok ? t("The rules from before “{what}” are active.", { what }) : answer.detail, answer.ok);
  });
  return make("li", {}, make("span", {}, make("time", { datetime: change.at }, clock(change.at)),
    ` ${t("{what}, by {by}", { what, by: told(change.by) })}`), undo);
}
