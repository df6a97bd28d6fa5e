// The canary under way: steps, measurements, time line, buttons. How it stands is pushed by the server.
import { byId, count, make, percent, say, send } from "./page.js";
import { t, told } from "./words.js";

const marks = { done: "✓", running: "▶", waiting: "○", failed: "✗" };
const phases = { Progressing: "going on", Paused: "waiting", Degraded: "rolled back", Healthy: "promoted" };
const svg = "http://www.w3.org/2000/svg";
let canary;
let shown = "";

export function startCanary() {
  const section = byId("canary");
  if (!section) return; // a console without files for canaries
  section.hidden = false;
  startForm();
  addEventListener("language", () => { shown = ""; });
  for (const button of document.querySelectorAll("[data-canary]")) button.addEventListener("click", () => steer(button.dataset.canary));
}

export function showCanary({ canary: next, load, since }) {
  if (!byId("canary")) return;
  const text = JSON.stringify(next);
  if (text !== shown) {
    shown = text;
    canary = next;
    show();
  }
  document.body.classList.toggle("canarying", canary != null && isOnStage(Date.parse(since)));
  // What others send counts, too: only where nothing comes is something to be done.
  byId("canary-idle").hidden = !canary || isOver() || load.rate > 0 || canary.seen.requests > 0;
}

// ---- Starting one ----

async function startForm() {
  const topology = await fetch("/api/topology").then((answer) => answer.json()).catch(() => undefined);
  if (!topology) return; // the banner says so
  const services = topology.services.filter((service) => service.releases.length > 1);
  const service = byId("canary-service");
  service.replaceChildren(...services.map((one) => make("option", { value: one.name }, one.name)));
  service.value = services.some((one) => one.name === "reviews") ? "reviews" : services[0]?.name;
  const fill = () => {
    const versions = services.find((one) => one.name === service.value)?.releases.map((release) => release.version) ?? [];
    for (const [id, chosen] of [["canary-from", versions[0]], ["canary-to", versions.at(-1)]]) {
      byId(id).replaceChildren(...versions.map((version) => make("option", { value: version }, version)));
      byId(id).value = chosen;
    }
  };
  service.addEventListener("change", fill);
  fill();
  byId("canary-start").addEventListener("submit", start);
}

async function start(event) {
  event.preventDefault();
  const file = byId("canary-file").value;
  const yaml = await fetch(`/examples/${encodeURIComponent(file)}`).then((answer) => answer.text()).catch(() => undefined);
  if (yaml === undefined) return say(byId("canary-said"), t("No answer from the console."));
  const asked = new URLSearchParams({ from: byId("canary-from").value, to: byId("canary-to").value, service: byId("canary-service").value, file });
  const answer = await send("POST", `/api/canary?${asked}`, yaml, "application/yaml");
  say(byId("canary-said"), answer.ok ? "" : answer.detail);
}

async function steer(what) {
  const answer = await send("POST", `/api/canary/${what}`);
  say(byId("canary-said"), answer.ok ? "" : answer.detail, answer.ok);
}

// ---- Showing it ----

function show() {
  byId("canary-now").hidden = !canary;
  byId("canary-phase").textContent = canary
    ? t("{service} {from} to {to}: {phase}", { ...canary, phase: t(phases[canary.phase]) }) : "";
  byId("canary-phase").dataset.phase = canary?.phase ?? "";
  if (!canary) return;
  const over = isOver();
  const byPerson = canary.pauseReasons.includes("User");
  const enabled = { promote: !over, pause: !over && !byPerson, resume: byPerson, abort: !over, retry: canary.phase === "Degraded" };
  for (const button of document.querySelectorAll("[data-canary]")) button.disabled = !enabled[button.dataset.canary];
  byId("canary-run").disabled = !over;
  byId("canary-steps").replaceChildren(...canary.steps.map(step));
  byId("canary-share").textContent = share();
  document.querySelector("#canary-metrics tbody").replaceChildren(...rows());
  line();
  byId("canary-events").replaceChildren(...canary.events.slice(-40).reverse().map(happened));
}

const isOver = () => canary.phase === "Degraded" || canary.phase === "Healthy";

/** Under way, or over for less than two minutes and nothing else has changed the rules since: what it does itself takes a moment. */
function isOnStage(since) {
  const last = Date.parse(canary.events.at(-1)?.at ?? canary.startedAt);
  return !isOver() || (Date.now() - last < 120_000 && since - last < 2000);
}

function step(one) {
  const item = make("li", { class: one.state },
    make("span", { class: "mark", "aria-hidden": "true" }, marks[one.state]), ` ${told(one.text)} `,
    make("span", { class: "aside" }, t(one.state)));
  if (one.state === "running") item.setAttribute("aria-current", "step");
  return item;
}

function share() {
  const seen = canary.seen;
  const errors = seen.canary > 0 ? t(", {errors} of its {canary} failed", { errors: count(seen.errors), canary: count(seen.canary) }) : "";
  const now = seen.requests > 0
    ? t("{weight} % asked, {share} of {requests} seen",
      { weight: canary.weight, share: percent(seen.share), requests: count(seen.requests) })
    : t("{weight} % asked, no requests yet", canary);
  return [now + errors, ...canary.message === "" ? [] : [told(canary.message)]]
    .map((one) => t("{text}.", { text: one[0].toUpperCase() + one.slice(1) })).join(" ");
}

/** The last three measurements of each metric, the newest first. */
function rows() {
  return canary.analyses.flatMap((analysis) => analysis.metrics).flatMap((metric) => metric.measurements.slice(-3).reverse().map((one, at) =>
    make("tr", { class: one.phase.toLowerCase() },
      make("th", { scope: "row" }, at === 0 ? metric.name : ""),
      make("td", { class: "number" }, value(one.value)),
      make("td", { class: "number" }, one.requests == null ? "" : count(Math.round(one.requests))),
      make("td", {}, make("code", {}, metric.threshold)),
      make("td", {}, verdict(metric, one, at)))));
}

function value(text) {
  const number = Number(text.replace(/^\[|\]$/g, ""));
  return text === "[]" ? t("no sample") : Number.isFinite(number) ? number.toPrecision(3) : text;
}

function verdict(metric, one, at) {
  const words = { Successful: "good", Failed: "bad", Inconclusive: "inconclusive", Error: "not measured" }[one.phase];
  const failures = at === 0 && metric.failed > 0
    ? t(" ({failed} failed, {limit} allowed)", { failed: metric.failed, limit: metric.failureLimit }) : "";
  return `${t(words)}${one.message ? `: ${told(one.message)}` : ""}${failures}${metric.isDryRun ? t(" (dry run)") : ""}`;
}

/** The share over time as steps; faults and the roll back as marks. */
function line() {
  const from = Date.parse(canary.startedAt);
  const to = Math.max(from + 10000, ...canary.events.map((one) => Date.parse(one.at)));
  const x = (at) => (Date.parse(at) - from) / (to - from) * 590 + 5;
  const y = (weight) => 80 - weight * 0.7;
  let path = `M5 ${y(0)}`;
  for (const one of canary.events) path += ` H${x(one.at).toFixed(1)} V${y(one.weight)}`;
  const parts = [draw("path", { class: "weight", d: `${path} H595` })];
  for (const one of canary.events) {
    if (one.kind === "Fault" || one.kind === "RollBack" || one.kind === "Promotion") {
      parts.push(draw("line", { class: one.kind, x1: x(one.at), x2: x(one.at), y1: 6, y2: 84 }));
    }
  }
  byId("canary-line").replaceChildren(...parts);
}

function draw(tag, attributes) {
  const element = document.createElementNS(svg, tag);
  for (const [name, text] of Object.entries(attributes)) element.setAttribute(name, text);
  return element;
}

function happened(one) {
  const seconds = ((Date.parse(one.at) - Date.parse(canary.startedAt)) / 1000).toFixed(1);
  const mark = { Fault: "⚡ ", RollBack: "↩ ", Promotion: "★ " }[one.kind] ?? "";
  return make("li", { class: one.kind }, make("time", { datetime: one.at }, t("{seconds} s", { seconds })), ` ${mark}${told(one.text)}`);
}
