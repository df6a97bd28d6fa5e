// The load: pages a second through the gateway of this mesh, started by one button.
import { byId, count, say, send } from "./page.js";
import { t } from "./words.js";

let running = false;

export function startLoad() {
  const form = byId("load"), rate = byId("load-rate");
  form.hidden = false;
  rate.addEventListener("input", () => { byId("load-number").textContent = rate.value; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(running ? 0 : Number(rate.value));
  });
  for (const control of [rate, byId("load-readers")]) {
    control.addEventListener("change", () => { if (running) ask(Number(rate.value)); });
  }
}

async function ask(rate) {
  const answer = await send("PUT", "/api/load", { rate, readers: byId("load-readers").value });
  if (!answer.ok) say(byId("load-said"), answer.detail);
}

export function showLoad(load) {
  running = load.rate > 0;
  byId("load-button").textContent = t(running ? "Stop load" : "Start load");
  if (running && document.activeElement !== byId("load-rate") && document.activeElement !== byId("load-readers")) {
    byId("load-rate").value = load.rate;
    byId("load-number").textContent = load.rate;
    byId("load-readers").value = load.readers;
  }
  const minutes = running ? Math.ceil((new Date(load.endsAt) - Date.now()) / 60000) : 0;
  const text = running
    ? load.failed > 0 ? "{pages} pages, {failed} failed; ends in {minutes} min" : "{pages} pages; ends in {minutes} min"
    : load.failed > 0 ? "{pages} pages were read, {failed} failed" : load.sent > 0 ? "{pages} pages were read" : "";
  say(byId("load-said"), t(text, { pages: count(load.sent), failed: count(load.failed), minutes }), load.failed === 0);
}
