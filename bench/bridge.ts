/**
 * PCM in both simulators, fitted twice to one measurement: with equal converters and no drift the errors of
 * tiles and arrays agree within their noise (`src/verify/bridge.ts`).
 *
 * Usage: deno task bench bridge
 */
import { pcmBridge } from "../src/verify/mod.ts";
import { judge } from "./speed/against_pytorch.ts";

const [{ ratio, error }] = await pcmBridge([1]);
judge(
  "tiles' error in units of the arrays', standard errors from 1",
  Math.abs(ratio - 1) / error,
  4,
  "at most",
);
console.log(`value error_ratio ${ratio.toFixed(4)}`);
console.log(`value error_ratio_standard_error ${error.toFixed(4)}`);
