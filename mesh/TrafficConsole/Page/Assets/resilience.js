// Retries, circuit breaker and bulkhead: in the mesh, in the application, in both, and how many requests come of one.
import { byId, count, make, say, send } from "./page.js";
import { t } from "./words.js";

const mesh = { retries: "mesh-retries", circuitBreaker: "mesh-breaker", bulkhead: "mesh-bulkhead" };
const application = "application-resilience";
let busy = false;

export function startResilience() {
  const called = new Set([...document.querySelectorAll(".graph .service[data-calls]")].flatMap((one) => one.dataset.calls.split(" ")));
  const services = [...called].filter((name) => name !== "");
  if (services.length === 0) return;
  byId("resilience").hidden = false;
  byId("resilience-service").append(...services.map((name) => make("option", name === "ratings" ? { selected: "" } : {}, name)));
  for (const id of Object.values(mesh)) byId(id).addEventListener("change", () => set({ mesh: patterns() }));
  byId(application).addEventListener("change", (event) => set({ application: event.target.checked }));
}

const patterns = () => Object.fromEntries(Object.entries(mesh).map(([name, id]) => [name, byId(id).checked]));

async function set(change) {
  busy = true;
  const service = byId("resilience-service").value;
  say(byId("resilience-said"), change.application === undefined ? "" : t("The callers restart…"), true);
  const answer = await send("PUT", `/api/services/${encodeURIComponent(service)}/resilience`, change);
  busy = false;
  say(byId("resilience-said"), answer.ok ? t("Done.") : answer.detail, answer.ok);
}

export function showResilience(state) {
  const service = state.services.find((one) => one.name === byId("resilience-service").value);
  if (!service || busy) return;
  for (const [name, id] of Object.entries(mesh)) byId(id).checked = service.resilience[name];
  byId("application-switches").hidden = service.callersResilience === null;
  byId(application).checked = service.callersResilience === true;
  const asked = state.edges.filter((edge) => edge.service === service.name).reduce((sum, edge) => sum + edge.recent.requests, 0);
  const reached = state.pods.filter((pod) => pod.service === service.name).reduce((sum, pod) => sum + (pod.reached ?? 0), 0);
  const text = asked === 0
    ? t("No calls in the last 30 s.")
    : t("The last 30 s: the callers sent {asked} requests to the mesh; {reached} reached {service}'s pods (× {factor}).",
      { asked: count(asked), reached: count(reached), service: service.name, factor: (reached / asked).toFixed(1) });
  if (byId("amplification").textContent !== text) byId("amplification").textContent = text;
}
