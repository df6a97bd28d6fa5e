// A release that was chosen on the map: its figures, its flags in words, and the switch that breaks it.
import { byId, count, make, milliseconds, percent, say, send } from "./page.js";
import { t } from "./words.js";
import { flagWords } from "./flags.js";
import { faultWords, select, selected } from "./graph.js";
import { showRequests } from "./requests.js";

let state;

export function startRelease() {
  addEventListener("selected", () => {
    byId("release").hidden = false;
    say(byId("fault-said"), "");
    if (state) showRelease(state);
  });
  byId("fault").addEventListener("submit", async (event) => {
    event.preventDefault();
    const delay = byId("fault-kind").value === "delay";
    const fault = { percent: Number(byId("fault-percent").value), status: delay ? 0 : 503, delayMilliseconds: delay ? 2000 : 0 };
    await turn("PUT", fault, "Broken: {pods}");
  });
  byId("heal").addEventListener("click", () => turn("DELETE", undefined, "Healed: {pods}"));
  byId("kill").addEventListener("click", () => live("DELETE", "", "Killed: {pods}"));
  byId("start").addEventListener("click", () => live("POST", "/start", "Started: {pods}"));
}

async function turn(method, fault, done) {
  await each((pod) => send(method, `/api/pods/${encodeURIComponent(pod.name)}/fault`, fault), done);
}

async function live(method, action, done) {
  await each((pod) => send(method, `/api/pods/${encodeURIComponent(pod.name)}${action}`), done);
}

async function each(change, done) {
  const pods = podsOf(state);
  const answers = await Promise.all(pods.map(change));
  const bad = answers.find((answer) => !answer.ok);
  say(byId("fault-said"), bad ? bad.detail : t(done, { pods: pods.map((pod) => pod.name).join(", ") }), !bad);
}

const podsOf = (now) => now.pods.filter((pod) => pod.service === selected.service && pod.release === selected.release);

export function showRelease(now) {
  state = now;
  if (!selected.release) return;
  const name = `${selected.service} ${selected.release}`;
  byId("release-title").textContent = selected.caller ? t("{caller} to {release}", { caller: selected.caller, release: name }) : name;
  const all = now.edges.filter((edge) => edge.service === selected.service && edge.release === selected.release);
  const edges = all.filter((edge) => !selected.caller || edge.caller === selected.caller);
  showFigures(all);
  showRequests(selected, edges.reduce((sum, edge) => sum + edge.sinceChange.requests, 0));
  const flags = {};
  for (const edge of edges) {
    for (const [flag, times] of Object.entries(edge.sinceChange.flags)) flags[flag] = (flags[flag] ?? 0) + times;
  }
  const lines = Object.entries(flags).map(([flag, times]) => `${count(times)} × ${flag}: ${flagWords(flag)}`);
  const pods = podsOf(now);
  byId("lifecycle").hidden = pods.every((pod) => pod.reached === null);
  for (const pod of pods) {
    if (pod.fault) lines.push(t("{pod} is broken on purpose: {fault}", { pod: pod.name, fault: faultWords(pod.fault) }));
    if (!pod.isUp) lines.push(t("{pod} does not answer", { pod: pod.name }));
    if (pod.ejectedBy.length > 0) {
      lines.push(t("{pod} is left out by the circuit breaker of {callers}", { pod: pod.name, callers: pod.ejectedBy.join(", ") }));
    };
  }
  if (lines.join() !== [...byId("flags").children].map((line) => line.textContent).join()) {
    byId("flags").replaceChildren(...lines.map((line) => make("li", {}, line)));
  }
}

/** A row for each caller, whose name chooses that call. Rows that are there stay: a reader may have the focus in one. */
function showFigures(edges) {
  const body = byId("figures").tBodies[0];
  for (const row of [...body.rows]) if (!edges.some((edge) => edge.caller === row.dataset.caller)) row.remove();
  for (const { caller, sinceChange: all } of edges) {
    const row = [...body.rows].find((one) => one.dataset.caller === caller) ?? body.appendChild(figuresOf(caller));
    row.querySelector("button").setAttribute("aria-pressed", caller === selected.caller);
    const texts = [count(all.requests), percent(all.share), interval(all),
      count(all.errors), milliseconds(all.p50), milliseconds(all.p99)];
    texts.forEach((text, at) => {
      if (row.cells[at + 1].textContent !== text) row.cells[at + 1].textContent = text;
    });
  }
  if (body.rows.length === 0) {
    body.append(make("tr", {}, make("td", { colspan: "7", class: "quiet" }, t("No requests since the rules changed."))));
  }
}

const interval = ({ low, high }) => t("{low} to {high} %", { low: (low * 100).toFixed(1), high: (high * 100).toFixed(1) });

function figuresOf(caller) {
  const button = make("button", { type: "button", class: "plain" }, caller);
  button.addEventListener("click", () => select({ ...selected, caller: selected.caller === caller ? undefined : caller }));
  return make("tr", { "data-caller": caller }, make("th", { scope: "row" }, button),
    ...Array.from({ length: 6 }, () => make("td", { class: "number" })));
}
