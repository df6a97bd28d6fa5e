// What every part of the page uses.
import { language, t } from "./words.js";

export const byId = (id) => document.getElementById(id);

/** A sentence where the pointer is: good, or else a complaint. */
export function say(where, text, good) {
  where.textContent = text ?? "";
  where.classList.toggle("good", good === true);
}

/** An element with its content; no markup is ever read from a text. */
export function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** Calls the console's API: { ok, body, detail }, where detail says what is wrong in a sentence. */
export async function send(method, path, body, type = "application/json") {
  try {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(path, { method, body: text, headers: text === undefined ? {} : { "Content-Type": type } });
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : undefined;
    return { ok: answer.ok, body: json, detail: json?.detail ?? json?.title ?? answer.statusText };
  } catch {
    return { ok: false, detail: t("No answer from the console.") };
  }
}

/** The first of many texts, and how many more there are: a service may have hundreds of routes. */
export const few = (texts, most = 4) =>
  texts.length <= most ? texts : [...texts.slice(0, most - 1), t("and {count} more", { count: texts.length - most + 1 })];

/** A share of 0 to 1 as a percentage. */
export const percent = (share) => `${(share * 100).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;

export const milliseconds = (time) => time == null ? "" : time >= 100 ? `${time.toFixed(0)} ms` : `${time.toFixed(1)} ms`;

/** A time of day, in the language of the page. */
export const clock = (at) => new Date(at).toLocaleTimeString(language, { hourCycle: "h23" });

export const count = (number) => number.toLocaleString("en");
