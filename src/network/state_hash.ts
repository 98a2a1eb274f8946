import { createHash } from "node:crypto";
import type { State } from "./state.ts";

/** SHA-256 over a network's numbers, in the order of their names: tells which weights a result came from. */
export function stateHash(state: State): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(state).sort()) hash.update(name).update(state[name]);
  return hash.digest("hex");
}
