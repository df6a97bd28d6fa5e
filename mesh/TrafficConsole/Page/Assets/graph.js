// The map: figures in the boxes, calls as lines between them. The boxes stand still; only figures and lines change.
import { byId, count, few, make, percent } from "./page.js";
import { t } from "./words.js";

const svg = "http://www.w3.org/2000/svg";
const gateway = "istio-ingressgateway";
const lines = new Map();
const workloads = new Map(); // workload name -> its box
let boxes = [];
let last;

/** What was chosen: a release of a service, or one caller's requests to it. */
export let selected = { service: "reviews", release: undefined, caller: undefined };

export function startGraph() {
  boxes = [...document.querySelectorAll(".graph .release")];
  for (const box of boxes) {
    const service = box.closest(".service").dataset.service;
    workloads.set(`${service}-${box.dataset.release}`, box);
    box.addEventListener("click", () => select({ service, release: box.dataset.release }));
  }
  workloads.set(gateway, document.querySelector(`.service[data-service="${gateway}"]`));
  addEventListener("resize", draw);
  new ResizeObserver(draw).observe(byId("graph"));
}

/** The box of a release; undefined where it does not run. */
export const releaseOf = (service, release) => workloads.get(`${service}-${release}`);

export function select({ service, release, caller }) {
  selected = { service, release, caller };
  for (const box of boxes) {
    const is = box.dataset.release === release && box.closest(".service").dataset.service === service;
    box.setAttribute("aria-pressed", is);
  }
  for (const [key, line] of lines) line.drawn.classList.toggle("chosen", key === `${caller}>${service}-${release}`);
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
  const badges = few([...service.actions, ...service.matches.map((match) => t("if {match}", { match }))]);
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
  set(box.querySelector("[data-asked]"), asked === undefined || alone ? "" : t("asked {percent} %", { percent: asked }));
  const [share, of] = box.querySelector("[data-seen]").children;
  set(share, total === 0 ? t("idle") : percent(requests / total));
  set(of, total === 0 ? "" : ` ${t("of {all}", { all: count(total) })}`);
  set(box.querySelector("[data-more]"), requests === 0 ? "" : `${rate.toFixed(1)}/s, p99 ${slow.toFixed(0)} ms`);

  const pods = state.pods.filter((pod) => pod.service === service.name && pod.release === release);
  const broken = pods.filter((pod) => pod.fault), down = pods.filter((pod) => !pod.isUp);
  const ejected = pods.filter((pod) => pod.ejectedBy.length > 0);
  const signs = [];
  if (down.length > 0) signs.push(["✖", t("down")]);
  for (const { fault } of broken.slice(0, 1)) {
    signs.push([`⚡ ${fault.status || `${fault.delayMilliseconds / 1000} s`}`, t("broken: {fault}", { fault: faultWords(fault) })]);
  }
  if (ejected.length > 0) signs.push(["⏏", t("breaker open")]);
  if (errors > 0) signs.push([`▲ ${count(errors)}`, t(errors === 1 ? "error" : "errors")]);
  showSigns(box.querySelector("[data-state]"), signs);
  box.classList.toggle("busy", requests > 0);
}

/** Signs have their place in the box, so that none moves the others; their words are a tooltip, and read to those who listen. */
function showSigns(place, signs) {
  const words = signs.map(([sign, word]) => `${sign} ${word}`).join(", ");
  if (place.title === words) return;
  place.title = words;
  place.replaceChildren(...signs.flatMap(([sign, word]) => [`${sign} `, make("span", { class: "aside" }, `${word} `)]));
}

export const faultWords = ({ status, delayMilliseconds, percent: share }) =>
  `${status === 0 ? t("{seconds} s later", { seconds: delayMilliseconds / 1000 }) : t("status {status}", { status })}`
  + (share < 100 ? `, ${share} %` : "");

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
    if (!lines.has(key)) lines.set(key, line(canvas, key, edge));
    place(lines.get(key), from.getBoundingClientRect(), to.getBoundingClientRect(), frame, edge.recent);
  }
  for (const [key, { drawn, wide }] of lines) {
    if (!used.has(key)) {
      drawn.remove();
      wide.remove();
      lines.delete(key);
    }
  }
}

/** A line, and an invisible wide one for the pointer. By keyboard the same is chosen beside the release's figures. */
function line(canvas, key, { caller, service, release }) {
  const drawn = document.createElementNS(svg, "path"), wide = document.createElementNS(svg, "path");
  drawn.dataset.call = key;
  wide.classList.add("wide-line");
  wide.addEventListener("click", () => select({ service, release, caller }));
  canvas.append(drawn, wide);
  return { drawn, wide };
}

function place({ drawn, wide }, from, to, frame, figures) {
  const x1 = from.right - frame.left, y1 = from.top + from.height / 2 - frame.top;
  const x2 = to.left - frame.left, y2 = to.top + to.height / 2 - frame.top;
  const bend = Math.max(20, (x2 - x1) / 2);
  for (const path of [drawn, wide]) path.setAttribute("d", `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  drawn.setAttribute("stroke-width", figures.requests === 0 ? 1 : 1.5 + 6 * figures.share);
  drawn.classList.toggle("flowing", figures.requests > 0);
  drawn.classList.toggle("failing", figures.errors > 0);
}

/** Lights up the way that a question took. */
export function lightUp(calls) {
  for (const [key, { drawn }] of lines) drawn.classList.toggle("lit", calls.includes(key));
  for (const [workload, box] of workloads) box.classList.toggle("lit", calls.some((call) => call.endsWith(`>${workload}`)));
}
