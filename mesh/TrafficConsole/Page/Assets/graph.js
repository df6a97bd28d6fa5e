// The map: figures in the boxes, calls as lines between them. The boxes stand still; only figures and lines change.
import { byId, count, percent } from "./page.js";

const svg = "http://www.w3.org/2000/svg";
const gateway = "istio-ingressgateway";
const lines = new Map();
const workloads = new Map(); // workload name -> its box
let boxes = [];
let last;

export let selected = { service: "reviews", release: undefined };

export function startGraph() {
  boxes = [...document.querySelectorAll(".graph .release")];
  for (const box of boxes) {
    const service = box.closest(".service").dataset.service;
    workloads.set(`${service}-${box.dataset.release}`, box);
    box.addEventListener("click", () => select(service, box.dataset.release));
  }
  workloads.set(gateway, document.querySelector(`.service[data-service="${gateway}"]`));
  addEventListener("resize", draw);
  new ResizeObserver(draw).observe(byId("graph"));
}

function select(service, release) {
  selected = { service, release };
  for (const box of boxes) {
    const is = box.dataset.release === release && box.closest(".service").dataset.service === service;
    box.setAttribute("aria-pressed", is);
  }
  dispatchEvent(new CustomEvent("selected", { detail: selected }));
}

export function showGraph(state) {
  // Until the first state has come there is nothing to show of a release, and nothing to break.
  if (!last) for (const box of boxes) box.disabled = false;
  last = state;
  for (const service of state.services) showService(service, state);
  draw();
}

function showService(service, state) {
  const place = document.querySelector(`.service[data-service="${CSS.escape(service.name)}"]`);
  if (!place) return;
  const badges = [...service.actions, ...service.matches.map((match) => `if ${match}`)];
  const list = place.querySelector("[data-badges]");
  if (list.dataset.shown !== badges.join("\n")) {
    list.dataset.shown = badges.join("\n");
    list.replaceChildren(...badges.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
  for (const box of place.querySelectorAll(".release")) showRelease(box, service, state);
  place.classList.toggle("unused", !state.edges.some((edge) => edge.service === service.name));
}

function showRelease(box, service, state) {
  const release = box.dataset.release;
  const edges = state.edges.filter((edge) => edge.service === service.name);
  const total = edges.reduce((sum, edge) => sum + edge.recent.requests, 0);
  const mine = edges.filter((edge) => edge.release === release);
  const requests = mine.reduce((sum, edge) => sum + edge.recent.requests, 0);
  const errors = mine.reduce((sum, edge) => sum + edge.recent.errors, 0);
  const rate = mine.reduce((sum, edge) => sum + edge.recent.rate, 0);
  const slow = Math.max(0, ...mine.map((edge) => edge.recent.p99 ?? 0));
  const asked = service.asked?.find((share) => share.release === release)?.percent ?? (service.asked ? 0 : undefined);
  const alone = box.parentElement.querySelectorAll(".release").length === 1;
  set(box.querySelector("[data-asked]"), asked === undefined || alone ? "" : `asked ${asked} %`);
  set(box.querySelector("[data-seen]"), requests === 0
    ? total === 0 ? "idle" : `0 % of ${count(total)}`
    : `${percent(requests / total)} of ${count(total)}`);
  set(box.querySelector("[data-more]"), requests === 0 ? "" : ` · ${rate.toFixed(1)}/s · p99 ${slow.toFixed(0)} ms`);

  const pods = state.pods.filter((pod) => pod.service === service.name && pod.release === release);
  const broken = pods.filter((pod) => pod.fault), down = pods.filter((pod) => !pod.isUp), ejected = pods.filter((pod) => pod.ejectedBy.length > 0);
  const words = [];
  if (down.length > 0) words.push("✖ down");
  if (broken.length > 0) words.push(`⚡ broken: ${faultWords(broken[0].fault)}`);
  if (ejected.length > 0) words.push("⏏ breaker open");
  if (errors > 0) words.push(`▲ ${count(errors)} ${errors === 1 ? "error" : "errors"}`);
  set(box.querySelector("[data-state]"), words.join("  "));
  box.classList.toggle("busy", requests > 0);
}

export const faultWords = (fault) =>
  `${fault.status === 0 ? `${fault.delayMilliseconds / 1000} s later` : `status ${fault.status}`}${fault.percent < 100 ? `, ${fault.percent} %` : ""}`;

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// ---- Lines ----

function draw() {
  if (!last) return;
  const canvas = byId("calls"), frame = byId("graph").getBoundingClientRect();
  const used = new Set();
  for (const edge of last.edges) {
    const from = workloads.get(edge.caller), to = workloads.get(`${edge.service}-${edge.release}`);
    if (!from || !to || from === to) continue;
    const key = `${edge.caller}>${edge.service}-${edge.release}`;
    used.add(key);
    place(line(canvas, key), from.getBoundingClientRect(), to.getBoundingClientRect(), frame, edge.recent);
  }
  for (const [key, path] of lines) {
    if (!used.has(key)) {
      path.remove();
      lines.delete(key);
    }
  }
}

function line(canvas, key) {
  if (!lines.has(key)) {
    const path = document.createElementNS(svg, "path");
    path.dataset.call = key;
    canvas.append(path);
    lines.set(key, path);
  }
  return lines.get(key);
}

function place(path, from, to, frame, figures) {
  const x1 = from.right - frame.left, y1 = from.top + from.height / 2 - frame.top;
  const x2 = to.left - frame.left, y2 = to.top + to.height / 2 - frame.top;
  const bend = Math.max(20, (x2 - x1) / 2);
  path.setAttribute("d", `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  path.setAttribute("stroke-width", figures.requests === 0 ? 1 : 1.5 + 6 * figures.share);
  path.classList.toggle("flowing", figures.requests > 0);
  path.classList.toggle("failing", figures.errors > 0);
}

/** Lights up the way that a question took. */
export function lightUp(calls) {
  for (const [key, path] of lines) path.classList.toggle("lit", calls.includes(key));
  for (const [workload, box] of workloads) box.classList.toggle("lit", calls.some((call) => call.endsWith(`>${workload}`)));
}
