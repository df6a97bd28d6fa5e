// What Envoy's response flags say (docs/glossary.md has them all).
import { t } from "./words.js";

const words = {
  UF: "could not connect to the pod",
  UC: "the pod closed the connection",
  UH: "no healthy pod",
  UO: "a limit was reached (circuit breaker)",
  UT: "timeout",
  URX: "retries or connection attempts were used up",
  NR: "no route",
  NC: "no such subset",
  FI: "aborted by a fault",
  DI: "delayed by a fault",
  DC: "the caller went away",
  UPE: "the pod broke the protocol",
  LR: "reset by the mesh",
  UR: "the pod reset the stream",
  DPE: "the caller broke the protocol",
  UMSDR: "the longest duration was reached",
  SI: "the stream was idle too long",
  OM: "overloaded",
};

/** Flags as Envoy writes them (`UF,URX`) in words; empty for none. */
export const flagWords = (flags) => flags === "" ? "" : flags.split(",").map((one) => t(words[one] ?? "see the glossary")).join(", ");
