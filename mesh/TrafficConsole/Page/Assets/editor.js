// The text of one rule: line numbers, and its problems in the gutter and below.
import { byId, make } from "./page.js";
import { t } from "./words.js";

const yaml = byId("yaml"), gutter = byId("gutter"), problems = byId("problems");
let flagged = new Map(); // line -> severity

export const text = () => yaml.value;

/** Starts it: what is done when the text was changed, and when it is to be applied. */
export function startEditor(changed, apply) {
  gutter.hidden = false;
  yaml.addEventListener("input", () => {
    number();
    changed();
  });
  yaml.addEventListener("scroll", () => { gutter.scrollTop = yaml.scrollTop; });
  yaml.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      apply();
    } else if (!event.shiftKey && !yaml.readOnly) {
      indent(event);
    }
  });
}

/** A new line begins below the one before. The browser's own undo knows of it. */
function indent(event) {
  const before = yaml.value.slice(0, yaml.selectionStart);
  const blanks = /^[ ]*/.exec(before.slice(before.lastIndexOf("\n") + 1))[0];
  if (blanks !== "" && document.execCommand("insertText", false, `\n${blanks}`)) event.preventDefault();
}

/** Shows another text, or the same rule as it is now: then the reader keeps their place. */
export function showText(value, { readOnly, keepPlace }) {
  yaml.readOnly = readOnly;
  if (yaml.value !== value) {
    const [start, end, top] = [yaml.selectionStart, yaml.selectionEnd, yaml.scrollTop];
    yaml.value = value;
    if (keepPlace) {
      yaml.setSelectionRange(start, end);
      yaml.scrollTop = top;
    } else {
      yaml.setSelectionRange(0, 0);
      yaml.scrollTop = 0;
    }
  }
  number();
}

/** Shows what is to be said of the text: entries of the API. */
export function showProblems(entries) {
  flagged = new Map();
  for (const { line, severity } of entries) {
    if (line > 0 && severity !== "note" && flagged.get(line) !== "error") flagged.set(line, severity);
  }
  number();
  problems.replaceChildren(...entries.map(item));
}

function item(entry) {
  const place = entry.line > 0 ? t("Line {line}, column {column}: ", entry) : "";
  const line = make("li", { class: entry.severity }, make("strong", {}, t(entry.severity[0].toUpperCase() + entry.severity.slice(1))),
    " ", make("code", {}, place + entry.path), ` ${entry.message}${entry.suggestion ? ` (${entry.suggestion})` : ""} `);
  if (entry.line > 0 && entry.severity !== "note") {
    const go = make("button", { type: "button" }, t("Line {line}", entry));
    go.addEventListener("click", () => goTo(entry.line, entry.column));
    line.append(go);
  }
  return line;
}

function number() {
  const lines = yaml.value.split("\n").length;
  gutter.replaceChildren(...Array.from({ length: lines }, (_, at) => {
    const severity = flagged.get(at + 1);
    return make("span", severity ? { class: severity, title: severity } : {},
      severity ? `${severity === "error" ? "✖" : "▲"} ${at + 1}` : `${at + 1}`);
  }));
  gutter.scrollTop = yaml.scrollTop;
}

function goTo(line, column) {
  const lines = yaml.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  yaml.focus();
  yaml.setSelectionRange(start + Math.max(0, column - 1), start + (lines[line - 1] ?? "").length);
  yaml.scrollTop = (line - 4) * parseFloat(getComputedStyle(yaml).lineHeight);
}
