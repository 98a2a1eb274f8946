import { oneOf } from "../../arguments.ts";
import type { Study } from "../study.ts";
import type { Claim } from "./claim.ts";
import { collapseClaim } from "./collapse.ts";
import { digitalBestClaim } from "./digital_best.ts";
import { driftClaim } from "./drift.ts";
import { hardwareAwareClaim } from "./hardware_aware.ts";
import { operationsClaim } from "./operations.ts";
import { quantizationClaim } from "./quantization.ts";
import { shapeClaim } from "./shape.ts";

/** One test per claim, by the claim's id, in the order of the study. */
const TESTS = {
  quantization_misses_noise: quantizationClaim,
  hwt_closes_gap: hardwareAwareClaim,
  robust_wider_branched: shapeClaim,
  "3x3_and_skip_help": operationsClaim,
  "1x1_heavy_collapse": collapseClaim,
  skips_slow_drift: driftClaim,
  robust_differ_from_digital: digitalBestClaim,
} as const;

/** Id of a claim. */
export type ClaimId = keyof typeof TESTS;

/** Ids of all claims, in the order of the study. */
export const CLAIM_IDS = Object.keys(TESTS) as ClaimId[];

/**
 * A claim of the published study with its criteria, effects, intervals and the verdict that follows from
 * them.
 */
export function testClaim(study: Study, id: ClaimId): Claim {
  return TESTS[oneOf("A claim", id, CLAIM_IDS)](study);
}
