// Asks the mesh where a page's call to reviews would go, and lights up the way.
import { byId, say, send } from "./page.js";
import { lightUp } from "./graph.js";

export function startWhy() {
  if (!document.querySelector('.service[data-service="reviews"]')) return;
  byId("why").hidden = false;
  for (const button of document.querySelectorAll("[data-why]")) button.addEventListener("click", () => ask(button.dataset.why));
}

async function ask(reader) {
  const headers = reader === "jason" ? { "end-user": ["jason"] } : {};
  const answer = await send("POST", "/api/explain", { from: "productpage", url: "http://reviews:9080/reviews/0", headers });
  const text = byId("why-text");
  text.hidden = !answer.ok;
  if (!answer.ok) return say(byId("why-said"), answer.detail);
  const pods = answer.body.destinations.filter((one) => one.percent > 0).flatMap((one) => one.pods.map((pod) => pod.name));
  const workloads = [...new Set(pods.map((pod) => pod.replace(/-\d+$/, "")))];
  lightUp(["istio-ingressgateway>productpage-v1", ...workloads.map((workload) => `productpage-v1>${workload}`)]);
  say(byId("why-said"), answer.body.outcome, true);
  text.textContent = [
    ...answer.body.rules.map(line),
    ...answer.body.steps,
  ].join("\n");
}

function line({ rule, path, name, verdict, reasons }) {
  const sign = verdict.toLowerCase() === "taken" ? "→" : "·";
  return `${sign} ${rule} ${path}${name ? ` (${name})` : ""}: ${reasons.join("; ") || verdict}`;
}
