// What sets two texts apart, line by line.

/** Up to so many comparisons the shortest difference is looked for; two longer texts are shown one below the other. */
const most = 250_000;

/** The lines of two texts, each with its sign: kept (" "), taken out ("-"), put in ("+"). */
export function difference(old, now) {
  let head = 0, tail = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head++;
  while (tail < Math.min(old.length, now.length) - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const kept = (line) => [" ", line];
  return [
    ...old.slice(0, head).map(kept),
    ...shortest(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...old.slice(old.length - tail).map(kept),
  ];
}

/** By the longest common subsequence. */
function shortest(old, now) {
  if (old.length * now.length > most) return [...old.map((line) => ["-", line]), ...now.map((line) => ["+", line])];
  const length = Array.from({ length: old.length + 1 }, () => new Array(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      length[i][j] = old[i] === now[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0, j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push([" ", old[i++]]);
      j++;
    } else if (i < old.length && (j === now.length || length[i + 1][j] >= length[i][j + 1])) lines.push(["-", old[i++]]);
    else lines.push(["+", now[j++]]);
  }
  return lines;
}
