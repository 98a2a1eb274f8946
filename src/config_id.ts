/** The identity of a config: what rows, files and checkpoints name it by. */
import { createHash } from "node:crypto";
import type { Config, Hardware } from "./config.ts";

/** Settings that came after the first stored results, and the value that those were measured with. */
const LATER_SETTINGS: Partial<Hardware> = {
  device: "pcm",
  pairs: 1,
  simulator: { kind: "aihwkit" },
  depthwise: "digital",
};

/**
 * Twelve hex digits that identify a config: head of SHA-256 over its JSON with sorted keys. A later setting
 * at its first value is left out, so that stored results keep their ids.
 */
export function configId(config: Config): string {
  const hardware = Object.entries(config.hardware).filter(([name, value]) =>
    canonicalJson(LATER_SETTINGS[name as keyof Hardware]) !== canonicalJson(value)
  );
  const identified = { ...config, hardware: Object.fromEntries(hardware) };
  return createHash("sha256").update(canonicalJson(identified)).digest("hex").slice(0, 12);
}

/** JSON with the keys of every object sorted: equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_, v) =>
      v !== null && typeof v === "object" && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
        : v,
  );
}
