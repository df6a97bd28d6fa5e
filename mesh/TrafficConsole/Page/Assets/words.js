// The language of the page. Texts are written in English, in the HTML and in the scripts, and looked up in the other language.
import { texts } from "./texts-ja.js";
import { examples } from "./examples-ja.js";
import { sentences } from "./sentences-ja.js";

const kept = "bookinfo.language";
const hole = /\{(\w+)\}/g;
const sentence = new Set(["what", "first"]); // holes for a sentence of its own; others are for a name or a number
const patterns = Object.entries(sentences).map(([english, translation]) => [patternOf(english), translation]);
let written = []; // the places of the server's HTML: { own: the English text, of: the file that it is about, read, write }

export let language = remembered();

function remembered() {
  try {
    const said = localStorage.getItem(kept);
    if (said === "en" || said === "ja") return said;
  } catch {
    // A browser that keeps nothing: its own language is the best guess.
  }
  return navigator.language?.startsWith("ja") ? "ja" : "en";
}

/** Before the scripts add to the page: what is there is the server's. */
export function startWords() {
  written = placesIn(document.body);
  show();
}

/** Chooses a language. What scripts wrote they write again on the event "language". */
export function speak(next) {
  language = next;
  try {
    localStorage.setItem(kept, next);
  } catch {
    // It holds as long as the page is open.
  }
  // What was said of an action was said in the other language.
  for (const one of document.querySelectorAll(".said")) one.textContent = "";
  show();
  dispatchEvent(new Event("language"));
}

function show() {
  document.documentElement.lang = language;
  document.title = t("Traffic console");
  for (const { own, of, read, write } of written) {
    const translation = japanese(own, of);
    // Where a script has written something else meanwhile, that stays.
    if (read() === own || read() === translation) write(language === "ja" ? translation : own);
  }
}

/** HTML that has just come from the server. */
export function translate(element) {
  if (language !== "en") for (const { own, of, write } of placesIn(element)) write(japanese(own, of));
}

/** A text of the scripts; {name} stands for a value. What has no translation stays English. */
export function t(text, values = {}) {
  return fill(language === "ja" ? texts[text] ?? text : text, values);
}

/** A text as the server tells it: one that is known, or a sentence with names and numbers in it. Names, and what is not known, stay. */
export const told = (text) => language === "ja" ? japanese(text) : text;

function japanese(text, file) {
  if (Object.hasOwn(examples, file)) return examples[file];
  const bare = text.trim();
  if (Object.hasOwn(texts, bare)) return text.replace(bare, () => texts[bare]);
  for (const [pattern, translation] of patterns) {
    const groups = pattern.exec(bare)?.groups;
    if (!groups) continue;
    const values = Object.entries(groups).map(([name, value]) => [name, sentence.has(name) ? japanese(value) : value]);
    return text.replace(bare, () => fill(translation, Object.fromEntries(values)));
  }
  return text;
}

const fill = (text, values) => text.replace(hole, (whole, name) => values[name] ?? whole);

/** The expression that a sentence with holes stands for. */
function patternOf(text) {
  const escaped = (part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const parts = text.split(hole).map((part, at) => at % 2 === 0 ? escaped(part) : `(?<${part}>${sentence.has(part) ? ".+?" : "\\S+?"})`);
  return new RegExp(`^${parts.join("")}$`, "s");
}

/** Texts, names and tooltips of an element's HTML. YAML, code and the tour, which has texts of its own, are left out. */
function placesIn(root) {
  const places = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && node.matches("textarea, pre, code, #tour") ? NodeFilter.FILTER_REJECT
    : NodeFilter.FILTER_ACCEPT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node;
      const of = text.parentElement.dataset.about;
      if (text.data.trim() !== "") places.push({ own: text.data, of, read: () => text.data, write: (said) => { text.data = said; } });
    } else {
      for (const name of ["aria-label", "title"].filter((one) => node.hasAttribute(one))) {
        const element = node;
        places.push({
          own: element.getAttribute(name),
          read: () => element.getAttribute(name),
          write: (said) => element.setAttribute(name, said),
        });
      }
    }
  }
  return places;
}
