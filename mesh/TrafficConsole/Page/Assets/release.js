// A release that was chosen on the map: its figures, its flags in words, and the switch that breaks it.
import { byId, count, make, milliseconds, percent, say, send } from "./page.js";
import { faultWords, selected } from "./graph.js";

// What Envoy's response flags say (docs/glossary.md has them all).
const flagWords = {
  UF: "could not connect to the pod", UC: "the pod closed the connection", UH: "no healthy pod", UO: "a limit was reached (circuit breaker)",
  UT: "timeout", URX: "retries or connection attempts were used up", NR: "no route", NC: "no such subset", FI: "aborted by a fault",
  DI: "delayed by a fault", DC: "the caller went away", UPE: "the pod broke the protocol", LR: "reset by the mesh", UR: "the pod reset the stream",
  DPE: "the caller broke the protocol", UMSDR: "the longest duration was reached", SI: "the stream was idle too long", OM: "overloaded",
};
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
    await turn("PUT", fault, "Broken");
  });
  byId("heal").addEventListener("click", () => turn("DELETE", undefined, "Healed"));
  byId("kill").addEventListener("click", () => live("DELETE", "", "Killed"));
  byId("start").addEventListener("click", () => live("POST", "/start", "Started"));
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
  say(byId("fault-said"), bad ? bad.detail : `${done}: ${pods.map((pod) => pod.name).join(", ")}`, !bad);
}

const podsOf = (now) => now.pods.filter((pod) => pod.service === selected.service && pod.release === selected.release);

export function showRelease(now) {
  state = now;
  if (!selected.release) return;
  const name = `${selected.service} ${selected.release}`;
  byId("release-title").textContent = name;
  const edges = now.edges.filter((edge) => edge.service === selected.service && edge.release === selected.release);
  const rows = edges.map(({ caller, sinceChange: all }) => make("tr", {},
    make("th", { scope: "row" }, caller),
    ...[count(all.requests), percent(all.share), `${(all.low * 100).toFixed(1)} to ${(all.high * 100).toFixed(1)} %`, count(all.errors), milliseconds(all.p99)]
      .map((text) => make("td", { class: "number" }, text))));
  const body = byId("figures").tBodies[0];
  if (!body.contains(document.activeElement)) {
    body.replaceChildren(...rows.length > 0 ? rows : [make("tr", {}, make("td", { colspan: "6", class: "quiet" }, "No requests since the rules changed."))]);
  }
  const flags = {};
  for (const edge of edges) {
    for (const [flag, times] of Object.entries(edge.sinceChange.flags)) flags[flag] = (flags[flag] ?? 0) + times;
  }
  const lines = Object.entries(flags).map(([flag, times]) =>
    `${count(times)} × ${flag}: ${flag.split(",").map((one) => flagWords[one] ?? "see the glossary").join(", ")}`);
  const pods = podsOf(now);
  byId("lifecycle").hidden = pods.every((pod) => pod.reached === null);
  for (const pod of pods) {
    if (pod.fault) lines.push(`${pod.name} is broken on purpose: ${faultWords(pod.fault)}`);
    if (!pod.isUp) lines.push(`${pod.name} does not answer`);
    if (pod.ejectedBy.length > 0) lines.push(`${pod.name} is left out by the circuit breaker of ${pod.ejectedBy.join(", ")}`);
  }
  byId("flags").replaceChildren(...lines.map((line) => make("li", {}, line)));
}
