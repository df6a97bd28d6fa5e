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
import { byId, clock, say, send } from "./page.js";
import { language, speak, startWords, t, translate } from "./words.js";

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
    t("the last 30 s; rules of {time} (revision {revision})", { time: clock(state.since), revision: state.revision });
}

function connect() {
  const events = new EventSource("/api/events");
  events.addEventListener("state", (event) => {
    heard = Date.now();
    banner("");
    show(JSON.parse(event.data));
  });
  events.addEventListener("error", () => { heard = 0; });
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
    banner(t("No connection to the console. What you see is old; it connects again by itself."));
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
    if (answer.ok && !live.contains(document.activeElement) && !selectionWithin(live)) {
      live.innerHTML = await answer.text();
      translate(live);
    }
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
  const present = byId("present"), theme = byId("theme"), reset = byId("reset"), switcher = byId("language");
  for (const button of [present, theme, reset, switcher]) button.hidden = false;
  switcher.addEventListener("click", () => speak(language === "en" ? "ja" : "en"));
  present.addEventListener("click", togglePresenting);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key.toLowerCase() === "p" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) togglePresenting();
  });
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    nameButtons();
  });
  nameButtons();
  reset.addEventListener("click", async () => {
    const answer = await send("POST", "/api/reset");
    await send("PUT", "/api/load", { rate: 0 });
    say(byId("reset-said"),
      answer.ok ? t("The rules of the start are active, every pod is up and healthy, the load is off.") : answer.detail, answer.ok);
  });
}

function togglePresenting() {
  document.body.classList.toggle("presenting");
  nameButtons();
  if (shown) showStage(shown);
  dispatchEvent(new Event("resize"));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Each of these says what a click brings. */
function nameButtons() {
  byId("theme").textContent = t(isDark() ? "Light" : "Dark");
  byId("present").textContent = t(document.body.classList.contains("presenting") ? "Back (P)" : "Present (P)");
  byId("language").textContent = language === "en" ? "日本語" : "English";
  byId("language").lang = language === "en" ? "ja" : "en";
}

startWords();
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
addEventListener("language", () => {
  nameButtons();
  if (shown) show(shown);
});
connect();
setTimeout(poll, 1000);
