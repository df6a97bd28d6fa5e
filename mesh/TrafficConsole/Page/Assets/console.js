// The console's page with a script: it asks for the traffic each second, and lets the rules be edited. Without it the page still shows everything.
"use strict";

const every = 1000;
const byId = (id) => document.getElementById(id);
const live = byId("live"), yaml = byId("yaml"), said = byId("said"), problems = byId("problems"), edited = byId("edited");

let shown = yaml.value; // what was in force when it was last shown here
let polling = false;
let revision = live.querySelector("[data-revision]").dataset.revision;

function say(where, text, good) {
  where.textContent = text;
  where.classList.toggle("good", good === true);
}

// ---- Traffic ----

async function poll() {
  setTimeout(poll, every);
  if (document.hidden || polling) return;
  polling = true;
  try {
    const answer = await fetch("/live" + location.search);
    if (!answer.ok) throw new Error(answer.statusText);
    const text = await answer.text();
    byId("stale").hidden = true;
    // Whoever reads or tabs in here keeps their place.
    if (!live.contains(document.activeElement) && !selectionWithin(live)) live.innerHTML = text;
    const now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-revision]").dataset.revision;
    if (now !== revision) {
      revision = now;
      await rulesChanged();
    }
  } catch {
    byId("stale").hidden = false;
  } finally {
    polling = false;
  }
}

function selectionWithin(element) {
  const selection = getSelection();
  return !selection.isCollapsed && element.contains(selection.anchorNode);
}

// ---- Rules ----

async function rulesChanged() {
  if (yaml.value === shown) await showInForce();
  else mark("The rules in force have changed meanwhile; yours are not lost.");
}

async function showInForce() {
  const rules = await fetch("/api/rules");
  shown = yaml.value = await rules.text();
  mark("");
  list(await (await fetch("/api/problems")).json());
}

function mark(text) {
  edited.textContent = text || (yaml.value === shown ? "" : "Changed here, not in force yet.");
  edited.hidden = edited.textContent === "";
}

async function send(method, text) {
  say(said, "");
  let answer;
  try {
    answer = await fetch("/api/rules", { method, body: text, headers: { "Content-Type": "application/yaml" } });
  } catch {
    return say(said, "No answer from the console.");
  }
  if (answer.ok) {
    await showInForce();
    return say(said, method === "PUT" ? "In force." : "Applied.", true);
  }
  const refusal = await answer.json().catch(() => ({}));
  list(refusal.problems ?? []);
  say(said, refusal.title ?? refusal.detail ?? answer.statusText);
}

function list(entries) {
  problems.replaceChildren(...entries.map((entry) => {
    const item = document.createElement("li");
    item.className = entry.severity;
    const kind = document.createElement("strong");
    kind.textContent = entry.severity[0].toUpperCase() + entry.severity.slice(1);
    const place = document.createElement("code");
    place.textContent = (entry.line > 0 ? `${entry.file}:${entry.line}:${entry.column}: ` : "") + entry.path;
    item.append(kind, " ", place, ` ${entry.message}${entry.suggestion ? ` (${entry.suggestion})` : ""} `);
    if (entry.severity === "error" && entry.line > 0) {
      const go = document.createElement("button");
      go.type = "button";
      go.textContent = `Line ${entry.line}`;
      go.addEventListener("click", () => goTo(entry.line, entry.column));
      item.append(go);
    }
    return item;
  }));
}

function goTo(line, column) {
  const lines = yaml.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  yaml.focus();
  yaml.setSelectionRange(start + Math.max(0, column - 1), start + (lines[line - 1] ?? "").length);
  yaml.scrollTop = (line - 4) * parseFloat(getComputedStyle(yaml).lineHeight);
}

for (const button of document.querySelectorAll("[data-send]")) {
  button.addEventListener("click", () => send(button.dataset.send, yaml.value));
}

for (const button of document.querySelectorAll("[data-example]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const example = await fetch("/examples/" + encodeURIComponent(button.dataset.example));
    await send("PATCH", await example.text());
  });
}

// ---- Pods ----

async function fault(pod, method) {
  const answer = await fetch(`/api/pods/${encodeURIComponent(pod)}/fault`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: method === "PUT" ? JSON.stringify({ percent: 100, status: 503, delayMilliseconds: 0 }) : undefined,
  });
  const refusal = answer.ok ? {} : await answer.json().catch(() => ({}));
  say(byId("pods-said"), answer.ok ? `${pod} is ${method === "PUT" ? "broken: it answers 503" : "healed"}.` : refusal.detail ?? answer.statusText, answer.ok);
}

for (const button of document.querySelectorAll("[data-break], [data-heal]")) {
  button.hidden = false;
  button.addEventListener("click", () => fault(button.dataset.break ?? button.dataset.heal, button.dataset.break ? "PUT" : "DELETE"));
}

yaml.readOnly = false;
yaml.addEventListener("input", () => {
  say(said, "");
  mark("");
});
byId("editing").hidden = false;
byId("reload").addEventListener("click", () => {
  say(said, "");
  showInForce();
});
setTimeout(poll, every);
