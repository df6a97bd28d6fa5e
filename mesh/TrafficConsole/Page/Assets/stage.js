// What a presenter has on the map: which stars the last readers saw, and one button that breaks a release and heals it.
import { byId, make, say, send } from "./page.js";
import { t } from "./words.js";
import { releaseOf, selected } from "./graph.js";

const shown = 12;
let state, counted = -1, reading = false;

export function startStage() {
  byId("stage-break").addEventListener("click", turn);
  addEventListener("selected", () => { if (state) showButton(); });
  addEventListener("language", () => {
    counted = -1;
    if (state) showButton();
  });
}

export function showStage(now) {
  state = now;
  byId("stage").hidden = !document.body.classList.contains("presenting");
  if (byId("stage").hidden) return;
  showButton();
  showAnswers();
}

/** The release that was chosen on the map; else the one that gets the canary's traffic, or the newest. */
function target() {
  if (selected.release) return selected;
  if (state.canary) return { service: state.canary.service, release: state.canary.to };
  return { service: selected.service, release: state.pods.filter((pod) => pod.service === selected.service).at(-1)?.release };
}

const isFailed = ({ status }) => status === 0 || status >= 500;

const podsOf = ({ service, release }) => state.pods.filter((pod) => pod.service === service && pod.release === release);

function showButton() {
  const of = target(), pods = podsOf(of);
  byId("stage-break").disabled = pods.length === 0;
  const text = pods.some((pod) => pod.fault) ? "Heal {release}" : "Break {release}";
  byId("stage-break").textContent = t(text, { release: `${of.service} ${of.release}` });
}

async function turn() {
  const pods = podsOf(target()), heal = pods.some((pod) => pod.fault);
  const answers = await Promise.all(pods.map((pod) => send(heal ? "DELETE" : "PUT", `/api/pods/${encodeURIComponent(pod.name)}/fault`,
    heal ? undefined : { percent: 100, status: 503, delayMilliseconds: 0 })));
  say(byId("stage-said"), answers.find((answer) => !answer.ok)?.detail);
}

/**
 * The last answers of the service, the newest last: a star in the color of its release, an empty one where that has no stars or could not
 * get them, or a cross.
 */
async function showAnswers() {
  const { service } = target();
  const requests = state.edges.filter((edge) => edge.service === service).reduce((sum, edge) => sum + edge.sinceChange.requests, 0);
  if (reading || requests === counted) return;
  [reading, counted] = [true, requests];
  const answer = await send("GET", "/api/requests");
  reading = false;
  if (!answer.ok) return; // the banner says so
  const last = answer.body.filter((one) => one.service === service).slice(0, shown).reverse();
  const calls = document.querySelector(`.graph .service[data-service="${CSS.escape(service)}"]`).dataset.calls.split(" ");
  const without = new Set(answer.body.filter((one) => calls.includes(one.service) && isFailed(one)).map((one) => one.id));
  byId("answers").replaceChildren(...last.map((one) => {
    const { release, id } = one, failed = isFailed(one), box = releaseOf(service, release);
    const color = box && [...box.querySelector(".dot").classList].find((name) => name !== "dot");
    const star = without.has(id) || /^no /.test(box?.dataset.summary ?? "") ? "☆" : "★"; // "no stars"
    return make("span", { class: failed ? "bad" : `ink-${color ?? "none"}`, title: release }, failed ? "✖" : star);
  }));
  const failed = last.filter(isFailed).length;
  byId("answers").setAttribute("aria-label",
    t("The last {all} answers of {service}, {failed} of them failed", { all: last.length, service, failed }));
}
