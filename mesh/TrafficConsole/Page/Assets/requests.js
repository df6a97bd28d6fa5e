// The last requests of what is chosen on the map, the newest first.
import { byId, clock, make, milliseconds, send } from "./page.js";
import { t } from "./words.js";
import { flagWords } from "./flags.js";

const shown = 12;
let asked = ""; // what the list is about
let counted = -1; // how many requests there were when it was read
let reading = false, again;

addEventListener("language", () => { counted = -1; });

/** Reads them where there are new ones; while one answer is on its way, no other is asked for. */
export async function showRequests({ service, release, caller }, requests) {
  const query = String(new URLSearchParams({ service, release, ...caller ? { caller } : {} }));
  if (query === asked && requests === counted) return;
  if (reading) {
    again = [{ service, release, caller }, requests];
    return;
  }
  [asked, counted, reading] = [query, requests, true];
  const answer = await send("GET", `/api/requests?${query}`);
  if (answer.ok) fill(answer.body.slice(0, shown));
  setTimeout(() => {
    reading = false;
    const next = again;
    again = undefined;
    if (next) showRequests(...next);
  }, 500);
}

function fill(requests) {
  byId("requests").hidden = requests.length === 0;
  byId("requests").querySelector("tbody").replaceChildren(...requests.map((one) => {
    const failed = one.status === 0 || one.status >= 500;
    return make("tr", failed ? { class: "failed" } : {},
      make("td", {}, clock(one.at)),
      make("td", { class: failed ? "number bad" : "number" }, one.status === 0 ? t("none") : `${failed ? "▲ " : ""}${one.status}`),
      make("td", { class: "number" }, milliseconds(one.milliseconds)),
      make("td", {}, make("code", {}, `${one.method} ${one.target}`)),
      make("td", {}, one.caller),
      make("td", {}, remarks(one)),
      make("td", {}, make("code", {}, one.id)));
  }));
}

const remarks = ({ flags, attempts }) =>
  [flags === "" ? "" : `${flags}: ${flagWords(flags)}`,
    attempts > 1 ? t("{attempts} attempts", { attempts }) : ""].filter((one) => one !== "").join("; ");
