// Texts that are not active yet. The browser keeps them, so that neither a reload nor a closed window loses one.

const place = "bookinfo.drafts";
const drafts = new Map(Object.entries(read())); // key of the rule -> { text, from: the active text it was begun from }

function read() {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? {};
  } catch {
    return {}; // nothing kept, or a browser that keeps nothing
  }
}

function keep() {
  try {
    localStorage.setItem(place, JSON.stringify(Object.fromEntries(drafts)));
  } catch {
    // It is kept as long as the page is open.
  }
}

export const draftOf = (key) => drafts.get(key);

export const keysOfDrafts = () => [...drafts.keys()];

export function keepDraft(key, text, from) {
  drafts.set(key, { text, from });
  keep();
}

export function dropDraft(key) {
  if (drafts.delete(key)) keep();
}

/** A key for a rule that is not active yet. */
export function newKey() {
  let number = 1;
  while (drafts.has(`new/${number}`)) number++;
  return `new/${number}`;
}
