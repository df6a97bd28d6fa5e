// The tour: step by step beside the map. Each step has one thing to do, one prediction, a check by the counts of the mesh, and a way back.
import { byId, make, say, send } from "./page.js";
import { language } from "./words.js";
import { steps, words } from "./tour-steps.js";

const kept = "bookinfo-tour";
let at = 0;
let open = false;
let state;
let reading; // the pages under way: where the count began, and how many they are
let acting = false; // the step's calls are under way, or their state has not come yet
let before; // the canary that was there when the step's button was pressed; null where the outcome has been told

export function startTour() {
  // The steps apply the demo's own rules: where these are not offered, there is no tour.
  if (!document.querySelector('[data-example="reviews-90-10.yaml"]')) return;
  const button = byId("tour-open");
  button.hidden = false;
  ({ at, open } = remembered());
  button.addEventListener("click", () => {
    open = !open;
    show();
    if (open) byId("tour-title").focus();
  });
  addEventListener("language", show);
  byId("tour-back").addEventListener("click", () => go(at - 1));
  byId("tour-next").addEventListener("click", () => go(at + 1));
  byId("tour-undo").addEventListener("click", undo);
  byId("tour-act").addEventListener("click", act);
  byId("tour-read").addEventListener("click", read);
  show();
}

function remembered() {
  const start = { at: 0, open: false };
  try {
    const said = JSON.parse(sessionStorage.getItem(kept)) ?? start;
    return steps[said.at] ? said : start;
  } catch {
    return start;
  }
}

function remember() {
  try {
    sessionStorage.setItem(kept, JSON.stringify({ at, open }));
  } catch {
    // Without a store the tour begins anew after a reload.
  }
}

const said = (text) => text[language];

function show() {
  remember();
  const step = steps[at], card = byId("tour");
  card.hidden = !open;
  card.lang = language;
  document.body.classList.toggle("touring", open);
  byId("tour-open").setAttribute("aria-expanded", open);
  byId("tour-place").textContent = said(words.place).replace("{at}", at + 1).replace("{all}", steps.length);
  byId("tour-title").textContent = said(step.title);
  byId("tour-text").replaceChildren(...said(step.text).map((text) => make("p", {}, text)));
  byId("tour-act-text").textContent = said(step.task);
  byId("tour-act").textContent = said(step.act.name);
  byId("tour-question").textContent = said(step.question);
  byId("tour-guess").value = "";
  byId("tour-guess").max = step.pages;
  byId("tour-read").textContent = said(words.read).replace("{pages}", step.pages);
  byId("tour-back").textContent = said(words.back);
  byId("tour-undo").textContent = said(words.undo);
  byId("tour-next").textContent = said(words.next);
  byId("tour-back").disabled = at === 0;
  byId("tour-next").disabled = at === steps.length - 1;
  byId("tour-lesson").textContent = said(step.lesson);
  byId("tour-lesson").hidden = true;
  say(byId("tour-verdict"), "");
  byId("tour-read").hidden = step.outcome !== undefined;
  reading = undefined;
  before = null;
  check();
  dispatchEvent(new Event("resize"));
}

function go(to) {
  at = Math.min(steps.length - 1, Math.max(0, to));
  show();
  byId("tour-title").focus();
}

async function act() {
  acting = true;
  before = state?.canary?.startedAt;
  byId("tour-lesson").hidden = true;
  say(byId("tour-verdict"), "");
  check();
  try {
    await sendAll(steps[at].act.calls);
  } finally {
    // The server pushes a state within 150 ms of a change: pages are counted from a state that has all of it.
    setTimeout(() => {
      acting = false;
      check();
    }, 600);
  }
}

async function sendAll(calls) {
  for (const { method, path, body, example, yaml } of calls) {
    const text = example ? await (await fetch(`/examples/${example}`)).text() : yaml ?? body;
    const answer = await send(method, path ?? "/api/rules", text, example || yaml ? "application/yaml" : "application/json");
    if (!answer.ok) return say(byId("tour-verdict"), answer.detail);
  }
}

async function undo() {
  const answer = await send("POST", "/api/reset");
  await send("PUT", "/api/load", { rate: 0 });
  byId("tour-lesson").hidden = true;
  say(byId("tour-verdict"), answer.ok ? said(words.undone) : answer.detail, answer.ok);
}

async function read() {
  const step = steps[at];
  if (!state || reading) return;
  reading = { revision: state.revision, from: step.count(state), pages: step.pages, heard: false };
  say(byId("tour-verdict"), said(words.reading));
  const answer = await send("PUT", "/api/load", { rate: step.rate ?? 10, readers: step.readers ?? "guest", pages: step.pages });
  if (!answer.ok) {
    reading = undefined;
    say(byId("tour-verdict"), answer.detail);
  }
}

export function showTour(now) {
  state = now;
  if (!open) return;
  check();
  const outcome = steps[at].outcome?.(now);
  if (outcome !== undefined && before !== null && now.canary?.startedAt !== before) {
    before = null;
    return verdict(outcome);
  }
  if (!reading) return;
  if (now.revision !== reading.revision) {
    reading = undefined;
    return say(byId("tour-verdict"), said(words.changed));
  }
  if (now.load.rate > 0 || now.load.ended < reading.pages) return;
  if (!reading.heard) {
    // The counts of the last page come with the next state.
    reading.heard = true;
    return;
  }
  verdict(steps[at].count(now) - reading.from);
  reading = undefined;
}

/** Whether what the step asks for has happened, by this button or in any other way. */
function check() {
  const done = state !== undefined && steps[at].done(state);
  byId("tour-acted").textContent = done ? said(words.done) : "";
  byId("tour-read").disabled = !done || acting;
}

function verdict(counted) {
  const step = steps[at], guess = byId("tour-guess").value;
  const parts = [said(words.counted).replace("{counted}", counted).replace("{pages}", step.pages)];
  if (guess !== "") parts.push(said(Math.abs(Number(guess) - counted) <= (step.near ?? 0) ? words.right : words.off).replace("{guess}", guess));
  say(byId("tour-verdict"), parts.join(language === "ja" ? "" : " "), true);
  byId("tour-lesson").hidden = false;
}
