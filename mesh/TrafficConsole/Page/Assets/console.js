// The console's page with a script. The state comes from the server (server-sent events) and is shown as it comes; the page keeps nothing
// of its own but drafts. Without a script the page still shows the figures and the rules.
import { showGraph, startGraph } from "./graph.js";
import { showShift, startShift } from "./shift.js";
import { showRelease, startRelease } from "./release.js";
import { showResilience, startResilience } from "./resilience.js";
import { showLoad, startLoad } from "./load.js";
import { showHistory, startHistory } from "./history.js";
import { showCanary, startCanary } from "./canary.js";
import { showRules, startRules } from "./rules.js";
import { showStage, startStage } from "./stage.js";
import { showTour, startTour } from "./tour.js";
import { startWhy } from "./why.js";
import { byId, say, send } from "./page.js";

/** After so long without a word from the console it counts as gone: it sends one every two seconds, changed or not. */
const silence = 5000;
let heard = Date.now();

let shown;

function show(state) {
  shown = state;
  showGraph(state);
  showShift(state);
  showRelease(state);
  showResilience(state);
  showLoad(state.load);
  showHistory(state.history);
  showRules(state);
  showTour(state);
  showCanary(state);
  showStage(state);
  byId("map-span").textContent =
    `the last 30 s; rules of ${new Date(state.since).toLocaleTimeString()} (revision ${state.revision})`;
}

function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("state", (event) => {
    heard = Date.now();
    banner("");
    show(JSON.parse(event.data));
  });
}

function banner(text) {
  const stale = byId("stale");
  if (stale.textContent === text) return;
  stale.textContent = text;
  stale.hidden = text === "";
  document.body.classList.toggle("disconnected", text !== "");
}

setInterval(() => {
  if (Date.now() - heard > silence) {
    banner("No connection to the console. What you see is old; it connects again by itself.");
  }
}, 1000);

// ---- The figures since the change, as the server writes them ----

const live = byId("live");
let polling = false;

async function poll() {
  setTimeout(poll, 1000);
  if (document.hidden || polling) return;
  polling = true;
  try {
    const answer = await fetch("/live" + location.search);
    // A reader who selects or tabs here keeps their place.
    if (answer.ok && !live.contains(document.activeElement) && !selectionWithin(live)) live.innerHTML = await answer.text();
  } catch {
    // The banner says so.
  } finally {
    polling = false;
  }
}

function selectionWithin(element) {
  const selection = getSelection();
  return !selection.isCollapsed && element.contains(selection.anchorNode);
}

// ---- Presenting, theme, reset ----

function startHead() {
  const present = byId("present"), theme = byId("theme"), reset = byId("reset");
  for (const button of [present, theme, reset]) button.hidden = false;
  present.addEventListener("click", togglePresenting);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key.toLowerCase() === "p" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) togglePresenting();
  });
  const chosen = () => document.documentElement.dataset.theme;
  const dark = () => chosen() ? chosen() === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    name();
  });
  name();
  reset.addEventListener("click", async () => {
    const answer = await send("POST", "/api/reset");
    await send("PUT", "/api/load", { rate: 0 });
    say(byId("reset-said"),
      answer.ok ? "The rules of the start are active, every pod is up and healthy, the load is off." : answer.detail, answer.ok);
  });
}

function togglePresenting() {
  const on = document.body.classList.toggle("presenting");
  byId("present").textContent = on ? "Back (P)" : "Present (P)";
  if (shown) showStage(shown);
  dispatchEvent(new Event("resize"));
}

startHead();
startGraph();
startShift();
startRelease();
startResilience();
startLoad();
startHistory();
startCanary();
startRules();
startWhy();
startTour();
startStage();
connect();
setTimeout(poll, 1000);
