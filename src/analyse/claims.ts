import { prng } from "../random.ts";
import type { Benchmark } from "../table/mod.ts";
import { type Claim } from "./claims/claim.ts";
import { collapseClaim } from "./claims/collapse.ts";
import { digitalBestClaim } from "./claims/digital_best.ts";
import { driftClaim } from "./claims/drift.ts";
import { hardwareAwareClaim } from "./claims/hardware_aware.ts";
import { operationsClaim } from "./claims/operations.ts";
import { quantizationClaim } from "./claims/quantization.ts";
import { shapeClaim } from "./claims/shape.ts";

/** One test per claim, in the order of the study. */
const TESTS = [
  quantizationClaim,
  hardwareAwareClaim,
  shapeClaim,
  operationsClaim,
  collapseClaim,
  driftClaim,
  digitalBestClaim,
];

/**
 * Every claim of the published study, each with criteria, effects, intervals and the verdict that
 * follows from them.
 *
 * @param seed of the bootstrap
 */
export function claims(benchmark: Benchmark, seed = 0): readonly Claim[] {
  return TESTS.map((test) => test(benchmark, prng(seed, `claim ${test.name}`)));
}
