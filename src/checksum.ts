import { createHash } from "node:crypto";
import { InputError } from "./input_error.ts";

/** SHA-256 of `parts` one after the other, in hexadecimal. */
export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** Throws InputError where `bytes` have another SHA-256; it names `what` and ends with `remedy`. */
export function expectSha256(
  bytes: Uint8Array,
  expected: string,
  what: string,
  remedy: string,
): void {
  const actual = sha256(bytes);
  if (actual === expected) return;
  throw new InputError(
    `${what} has the SHA-256 ${actual}, not ${expected}: it is truncated or altered. ${remedy}`,
  );
}
