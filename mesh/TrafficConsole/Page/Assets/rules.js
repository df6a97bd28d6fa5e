// The rules, one at a time: listed at the side, edited, applied, taken out. A draft is never lost: what others change meanwhile is said,
// not shown over it.
import { byId, make, say, send } from "./page.js";
import { t } from "./words.js";
import { draftOf, dropDraft, keepDraft, keysOfDrafts, newKey } from "./drafts.js";
import { showProblems, showText, startEditor, text } from "./editor.js";
import { templates } from "./rule-templates.js";

const said = byId("said"), edited = byId("edited");
let rules = new Map(); // key -> the rule as the API tells it
let warned = new Map(); // key -> how many warnings the active rule has
let open; // the key of the rule that is shown
let discarded; // { key, text, from }: the draft that was given up last
let since, checking; // since when the rules are active that were read: another console counts its revisions anew

const keyOf = (rule) => `${rule.group}/${rule.kind}/${rule.namespace}/${rule.name}`;

export function startRules() {
  byId("editing").hidden = byId("resources").hidden = false;
  startEditor(change, apply);
  byId("new-kind").append(...Object.keys(templates).map((kind) => make("option", {}, kind)));
  byId("new-rule").addEventListener("click", () => begin(templates[byId("new-kind").value]));
  byId("copy-rule").addEventListener("click", () => begin(text()));
  byId("apply").addEventListener("click", apply);
  byId("discard").addEventListener("click", discard);
  byId("delete").addEventListener("click", remove);
  addEventListener("language", () => {
    list();
    mark();
    check();
  });
  for (const button of document.querySelectorAll("[data-example]")) {
    button.hidden = false;
    button.addEventListener("click", () => applyExample(button.dataset.example));
  }
}

export function showRules(state) {
  if (state.since === since) return;
  since = state.since;
  refresh();
}

/** Shows the active rules anew. The rule that is open stays open, its draft untouched. */
async function refresh() {
  if (!await read()) return; // the banner says so
  const known = rules.has(open) || draftOf(open);
  show(known ? open : first(), { keepPlace: known });
}

async function read() {
  const [answer, said] = await Promise.all([send("GET", "/api/resources"), send("GET", "/api/problems")]);
  if (!answer.ok) return false;
  rules = new Map(answer.body.map((rule) => [keyOf(rule), rule]));
  warned = new Map();
  for (const problem of said.body ?? []) {
    const key = [...rules].find(([, rule]) => isAbout(problem, rule))?.[0];
    if (key && problem.severity === "warning") warned.set(key, (warned.get(key) ?? 0) + 1);
  }
  return true;
}

const isAbout = (problem, { kind, namespace, name }) =>
  [`${kind}/${name}`, `${kind}/${namespace}/${name}`].includes(problem.path.split(" ")[0]);

/** The rule that is opened unasked: that of reviews, which most of the demo is about. */
function first() {
  const own = [...rules].filter(([, rule]) => !rule.isOfTheBase);
  const reviews = own.find(([, rule]) => rule.kind === "VirtualService" && rule.name === "reviews");
  return (reviews ?? own[0] ?? [...rules][0])?.[0] ?? keysOfDrafts()[0];
}

// ---- Showing ----

function show(key, { keepPlace = false } = {}) {
  open = key;
  const rule = rules.get(key), draft = draftOf(key);
  const readOnly = draft === undefined && rule?.isOfTheBase === true;
  showText(draft?.text ?? rule?.text ?? "", { readOnly, keepPlace });
  list();
  mark();
  check();
}

function list() {
  const keys = [...rules.keys(), ...keysOfDrafts().filter((key) => !rules.has(key))];
  fill(byId("resource-list"), keys.filter((key) => !rules.get(key)?.isOfTheBase));
  const base = keys.filter((key) => rules.get(key)?.isOfTheBase);
  fill(byId("base-list"), base);
  byId("base").hidden = base.length === 0;
  byId("base").querySelector("summary").textContent = t("The base beneath them ({count}, read-only)", { count: base.length });
}

function fill(place, keys) {
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...keys.map(entry));
  if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function entry(key) {
  const rule = rules.get(key) ?? named(draftOf(key).text);
  const marks = [draftOf(key) ? t("draft") : "", warned.has(key) ? `▲ ${warned.get(key)}` : ""].filter((one) => one !== "").join(" ");
  const button = make("button", { type: "button", "data-key": key, "aria-current": key === open },
    make("span", { class: "name" }, rule.name), make("span", { class: "kind" }, t("{kind} in {namespace}", rule)));
  if (marks !== "") button.append(make("span", { class: "mark" }, marks));
  button.addEventListener("click", () => {
    say(said, "");
    show(key);
  });
  return make("li", {}, button);
}

/** What a draft calls itself, as far as that can be seen without reading YAML. */
function named(draft) {
  const value = (pattern) => pattern.exec(draft)?.[1];
  return {
    kind: value(/^kind:\s*(\S+)/m) ?? t("New rule"),
    name: value(/^\s+name:\s*(\S+)/m) ?? t("without a name"),
    namespace: value(/^\s+namespace:\s*(\S+)/m) ?? "default",
  };
}

function mark() {
  const rule = rules.get(open), draft = draftOf(open);
  byId("yaml-label").textContent = rule ? t("{kind} {name} in {namespace}", rule) : t("A new rule");
  edited.textContent = draft === undefined ? (rule?.isOfTheBase ? t("Of the base: read-only.") : "")
    : rule === undefined ? t("Draft: no rule of this name is active.")
    : draft.from !== rule.text ? t("The active rule has changed. Your draft is still here.")
    : t("Draft: not active yet.");
  edited.hidden = edited.textContent === "";
  byId("apply").disabled = draft === undefined;
  byId("discard").disabled = draft === undefined && discarded?.key !== open;
  byId("discard").textContent = t(draft === undefined && discarded?.key === open ? "Bring the draft back" : "Discard the draft");
  byId("delete").disabled = rule === undefined || rule.isOfTheBase;
  byId("copy-rule").hidden = rule === undefined;
}

// ---- Editing ----

function change() {
  const rule = rules.get(open), draft = draftOf(open), was = draft !== undefined;
  say(said, "");
  if (open === undefined) open = newKey();
  if (text() === rule?.text) dropDraft(open);
  else keepDraft(open, text(), draft?.from ?? rule?.text);
  if (was !== (draftOf(open) !== undefined) || rule === undefined) list();
  mark();
  clearTimeout(checking);
  checking = setTimeout(check, 400);
}

async function check() {
  clearTimeout(checking);
  const asked = text(), of = open;
  if (asked.trim() === "" || (rules.get(of)?.isOfTheBase && !draftOf(of))) return showProblems([]);
  const answer = await send("POST", "/api/rules/check?method=PATCH", asked, "application/yaml");
  if (answer.ok && asked === text() && of === open) showProblems(answer.body);
}

function begin(yaml) {
  const key = newKey();
  keepDraft(key, yaml, undefined);
  say(said, t("Change its name, then apply it."), true);
  show(key);
  byId("yaml").focus();
}

async function apply() {
  if (draftOf(open) === undefined) return say(said, t("There is no draft: this is what is active."));
  const sent = text(), of = open, before = new Map([...rules].map(([key, rule]) => [key, rule.text]));
  const answer = await send("PATCH", "/api/rules", sent, "application/yaml");
  if (!answer.ok) {
    showProblems((answer.body?.problems ?? []).filter((problem) => problem.severity !== "note"));
    return say(said, answer.body?.title ?? answer.detail);
  }
  await read();
  const became = rules.get(of)?.text.trim() === sent.trim() ? of
    : [...rules].find(([key, rule]) => rule.text.trim() === sent.trim() || (before.get(key) !== rule.text && !rule.isOfTheBase))?.[0];
  // The draft of a new rule is let go once its rule is known: until then it is what is open. What was typed meanwhile is a draft again.
  if (draftOf(of)?.text === sent) dropDraft(of);
  show(open === of && draftOf(of) === undefined ? became ?? first() : open, { keepPlace: true });
  say(said, t("Active."), true);
}

function discard() {
  const draft = draftOf(open);
  if (draft === undefined) {
    keepDraft(open, discarded.text, discarded.from);
    discarded = undefined;
  } else {
    discarded = { key: open, ...draft };
    dropDraft(open);
  }
  say(said, "");
  show(open);
}

async function remove() {
  const rule = rules.get(open);
  if (!rule) return; // taken out by someone else meanwhile
  const path = [rule.group, rule.kind, rule.namespace, rule.name].map(encodeURIComponent).join("/");
  const answer = await send("DELETE", `/api/resources/${path}`);
  if (answer.ok) await refresh();
  say(said, answer.ok ? t("{kind} {name} is deleted. “What changed” takes it back.", rule) : answer.detail, answer.ok);
}

async function applyExample(name) {
  const where = byId("example-said");
  const example = await fetch("/examples/" + encodeURIComponent(name)).then((answer) => answer.text()).catch(() => undefined);
  if (example === undefined) return say(where, t("No answer from the console."));
  const answer = await send("PATCH", "/api/rules", example, "application/yaml");
  say(where, answer.ok ? t("Applied: {name}", { name }) : answer.detail, answer.ok);
}
