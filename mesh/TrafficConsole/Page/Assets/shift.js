// One bar for the shares of a service's releases, whose sum is always 100: handles between the parts, a number for each.
import { byId, few, make, say, send } from "./page.js";
import { t } from "./words.js";
import { difference } from "./difference.js";

const unasked = () => t("No rule splits this traffic: the pods take turns. Move a handle to make a rule.");
let service = "reviews";
let shares = []; // [{ release, percent }] in the order of the releases
let pending = false; // a change that is on its way: what the server says meanwhile is old
let before = "", after = "", since;

const releases = () => [...document.querySelectorAll(`.service[data-service="${CSS.escape(service)}"] .release`)];

export function startShift() {
  const names = [...document.querySelectorAll(".graph .service")].filter((box) => box.querySelectorAll(".release").length > 1);
  if (names.length === 0) return;
  byId("shift").hidden = false;
  const choice = byId("shift-service");
  choice.append(...names.map((box) => make("option", {}, box.dataset.service)));
  if (names.some((box) => box.dataset.service === "reviews")) choice.value = "reviews";
  service = choice.value;
  choice.addEventListener("change", () => { choose(choice.value); });
  addEventListener("selected", (event) => {
    if (names.some((box) => box.dataset.service === event.detail.service)) {
      choice.value = event.detail.service;
      choose(choice.value);
    }
  });
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button.dataset.copy));
  addEventListener("language", () => {
    shares = [];
    build();
  });
  build();
}

function choose(name) {
  if (name === service) return;
  service = name;
  [before, after, since] = ["", "", undefined];
  build();
  if (state) showShift(state);
}

let state;

export function showShift(now) {
  state = now;
  if (byId("shift").hidden) return;
  const mine = now.services.find((one) => one.name === service);
  byId("shift-matches").textContent = mine.matches.length === 0 ? ""
    : t("Comes first and stays: {matches}", { matches: few(mine.matches).join("; ") });
  if (now.since !== since) {
    since = now.since;
    readRule();
  }
  if (pending) return;
  const all = releases().map((box) => box.dataset.release);
  const even = Math.floor(100 / all.length);
  render(all.map((release, place) => ({
    release,
    percent: mine.asked ? mine.asked.find((share) => share.release === release)?.percent ?? 0 : place === 0 ? 100 - even * (all.length - 1) : even,
  })));
  byId("shares").classList.toggle("unasked", !mine.asked);
  if (!mine.asked) say(byId("shift-said"), unasked(), true);
  else if (byId("shift-said").textContent === unasked()) say(byId("shift-said"), "");
}

// ---- Building and drawing ----

function build() {
  const bar = byId("shares"), numbers = byId("numbers");
  bar.replaceChildren();
  numbers.replaceChildren();
  releases().forEach((box, place) => {
    const release = box.dataset.release;
    const part = make("div", { class: `share ${[...box.querySelector(".dot").classList].find((name) => name !== "dot")}`, "data-release": release });
    part.append(make("span", {}, release));
    bar.append(part);
    if (place < releases().length - 1) bar.append(handle(place));
    const input = make("input", { type: "number", min: "0", max: "100", "data-release": release });
    input.setAttribute("aria-label", t("Share of {release} in percent", { release }));
    input.addEventListener("change", () => setOne(place, Number(input.value)));
    numbers.append(make("label", {}, `${release} `, input, " %"));
  });
}

function handle(place) {
  const knob = make("div", { class: "handle", role: "slider", tabindex: "0", "aria-valuemin": "0", "aria-valuemax": "100", "data-handle": place });
  const [left, right] = releases().slice(place, place + 2).map((box) => box.dataset.release);
  knob.setAttribute("aria-label", t("Between {left} and {right}", { left, right }));
  knob.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -100, End: 100 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (move(place, step)) apply(400);
  });
  knob.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    knob.focus();
    knob.setPointerCapture(event.pointerId);
    knob.dataset.dragged = "";
  });
  knob.addEventListener("pointermove", (event) => {
    if (!("dragged" in knob.dataset)) return;
    const bar = byId("shares").getBoundingClientRect();
    const at = Math.round((event.clientX - bar.left) / bar.width * 100);
    move(place, at - sum(place));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    knob.addEventListener(end, () => {
      delete knob.dataset.dragged;
      if (pending) apply(0);
    });
  }
  return knob;
}

const sum = (place) => shares.slice(0, place + 1).reduce((total, share) => total + share.percent, 0);

/** Moves the border after a release; what one side wins the other loses. False where it is at its end. */
function move(place, step) {
  const left = shares[place].percent, right = shares[place + 1].percent;
  const by = Math.max(-left, Math.min(right, step));
  if (by === 0) return false;
  pending = true;
  render(shares.map((share, at) => ({ ...share, percent: at === place ? left + by : at === place + 1 ? right - by : share.percent })));
  return true;
}

/** Sets one share; the others keep their proportions. */
function setOne(place, value) {
  const whole = Math.round(Math.max(0, Math.min(100, value || 0)));
  const rest = 100 - whole, others = 100 - shares[place].percent;
  const next = shares.map((share, at) => at === place ? whole : others === 0 ? 0 : Math.floor(share.percent * rest / others));
  const lacking = 100 - next.reduce((total, one) => total + one, 0);
  next[place === 0 ? 1 : 0] += lacking;
  pending = true;
  render(shares.map((share, at) => ({ ...share, percent: next[at] })));
  apply(0);
}

function render(next) {
  if (JSON.stringify(next) === JSON.stringify(shares) && byId("shares").dataset.service === service) return;
  shares = next;
  byId("shares").dataset.service = service;
  for (const share of shares) {
    const part = document.querySelector(`.share[data-release="${CSS.escape(share.release)}"]`);
    part.style.flexGrow = share.percent;
    part.classList.toggle("empty", share.percent === 0);
    part.querySelector("span").textContent = share.percent >= 8 ? `${share.release} ${share.percent} %` : share.percent > 0 ? share.release : "";
    const input = document.querySelector(`#numbers input[data-release="${CSS.escape(share.release)}"]`);
    if (document.activeElement !== input || pending) input.value = share.percent;
  }
  for (const knob of document.querySelectorAll(".handle")) {
    knob.setAttribute("aria-valuenow", sum(Number(knob.dataset.handle)));
    knob.setAttribute("aria-valuetext", inWords(shares));
  }
}

const inWords = (those) => those.map((share) => `${share.release} ${share.percent} %`).join(", ");

// ---- Sending ----

let timer;

function apply(delay) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const sent = shares;
    const answer = await send("PUT", `/api/services/${encodeURIComponent(service)}/shares`, sent);
    if (sent !== shares) return; // moved on meanwhile
    pending = false;
    say(byId("shift-said"), answer.ok ? t("Active: {shares}", { shares: inWords(sent) }) : answer.detail, answer.ok);
    if (!answer.ok && state) showShift(state);
  }, delay);
}

// ---- The rule ----

/** The rule as it was written, with its comments, as the editor shows it. */
async function readRule() {
  const answer = await send("GET", "/api/resources");
  if (!answer.ok) return; // the banner says so
  const name = state.services.find((one) => one.name === service).rule;
  const mine = answer.body.find((one) => one.kind === "VirtualService" && `${one.namespace}/${one.name}` === name)?.text.trimEnd() ?? "";
  if (mine === after) return;
  [before, after] = [after || mine, mine];
  byId("diff").replaceChildren(...difference(before.split("\n"), after.split("\n"))
    .map(([sign, line]) => make(sign === "+" ? "ins" : sign === "-" ? "del" : "span", {}, `${sign} ${line}\n`)));
}

async function copy(kind) {
  const text = kind === "kubectl"
    ? `kubectl apply -f - <<'EOF'\n${after}\nEOF\n`
    : `pulumi config set canary:${service} ${shares.filter((share) => share.percent > 0).map((share) => `${share.release}=${share.percent}`).join(",")}\npulumi up\n`;
  try {
    await navigator.clipboard.writeText(text);
    const what = kind === "kubectl" ? t("kubectl apply with the rule") : text.split("\n")[0];
    say(byId("shift-said"), t("Copied: {what}", { what }), true);
  } catch {
    say(byId("shift-said"), t("This browser does not let a page copy. Select the rule below instead."));
    byId("shift-rule").open = true;
  }
}
