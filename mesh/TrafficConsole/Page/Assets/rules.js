// The rules: read, edited, checked while one types. A draft is never lost: what others change meanwhile is said, not shown over it.
import { byId, make, say, send } from "./page.js";

const yaml = byId("yaml"), said = byId("said"), problems = byId("problems"), edited = byId("edited"), gutter = byId("gutter");
let shown = yaml.value; // what was active when it was last shown here
let revision;
let checking;

export function startRules() {
  yaml.readOnly = false;
  byId("editing").hidden = false;
  gutter.hidden = false;
  yaml.addEventListener("input", () => {
    say(said, "");
    mark("");
    number();
    clearTimeout(checking);
    checking = setTimeout(check, 400);
  });
  yaml.addEventListener("scroll", () => { gutter.scrollTop = yaml.scrollTop; });
  yaml.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      apply("PUT", yaml.value, "Active.", said);
    }
  });
  for (const button of document.querySelectorAll("[data-send]")) {
    button.addEventListener("click", () => apply(button.dataset.send, yaml.value, button.dataset.send === "PUT" ? "Active." : "Applied.", said));
  }
  byId("reload").addEventListener("click", () => {
    say(said, "");
    showActive();
  });
  for (const button of document.querySelectorAll("[data-example]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const name = button.dataset.example;
      const example = await fetch("/examples/" + encodeURIComponent(name));
      await apply("PATCH", await example.text(), `Applied: ${name}`, byId("example-said"));
    });
  }
  number();
}

export function showRules(state) {
  if (state.revision === revision) return;
  const first = revision === undefined;
  revision = state.revision;
  if (yaml.value === shown) {
    if (!first) showActive();
  } else {
    mark("The active rules have changed. Your draft is still here.");
  }
}

async function showActive() {
  const text = await fetch("/api/rules").then((answer) => answer.text()).catch(() => undefined);
  if (text === undefined) return say(said, "No answer from the console.");
  shown = yaml.value = text;
  mark("");
  list(await (await fetch("/api/problems")).json());
}

async function apply(method, text, done, where) {
  const mine = text === yaml.value;
  const answer = await send(method, "/api/rules", text, "application/yaml");
  if (answer.ok) {
    // An example leaves a draft alone; a draft that was applied is a draft no more.
    if (mine) await showActive();
    say(where, done, true);
  } else {
    list(answer.body?.problems ?? []);
    say(where, answer.body?.title ?? answer.detail);
  }
}

async function check() {
  if (yaml.value === shown) return list(await (await fetch("/api/problems")).json());
  const text = yaml.value;
  const answer = await send("POST", "/api/rules/check", text, "application/yaml");
  if (answer.ok && text === yaml.value) list(answer.body);
}

function mark(text) {
  edited.textContent = text || (yaml.value === shown ? "" : "Draft: not active yet.");
  edited.hidden = edited.textContent === "";
}

// ---- Line numbers, with the problems in their lines ----

let flagged = new Map();

function number() {
  const lines = yaml.value.split("\n").length;
  gutter.replaceChildren(...Array.from({ length: lines }, (_, at) => {
    const severity = flagged.get(at + 1);
    return make("span", severity ? { class: severity, title: severity } : {}, severity ? `${severity === "error" ? "✖" : "▲"} ${at + 1}` : `${at + 1}`);
  }));
  gutter.scrollTop = yaml.scrollTop;
}

function list(entries) {
  flagged = new Map(entries.filter((entry) => entry.line > 0 && entry.severity !== "note").map((entry) => [entry.line, entry.severity]));
  number();
  problems.replaceChildren(...entries.map((entry) => {
    const place = make("code", {}, (entry.line > 0 ? `${entry.file}:${entry.line}:${entry.column}: ` : "") + entry.path);
    const item = make("li", { class: entry.severity }, make("strong", {}, entry.severity[0].toUpperCase() + entry.severity.slice(1)),
      " ", place, ` ${entry.message}${entry.suggestion ? ` (${entry.suggestion})` : ""} `);
    if (entry.severity === "error" && entry.line > 0) {
      const go = make("button", { type: "button" }, `Line ${entry.line}`);
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
