/** Claims of the published study, tested on the table. */
import { type Definitions, once } from "../remember.ts";
import type { Study } from "../study.ts";
import type { Claim } from "./claim.ts";
import { CLAIM_IDS, type ClaimId, testClaim } from "./claims.ts";

export interface ClaimStatistics {
  /** One claim, tested. */
  claim(id: ClaimId): Claim;
  /** All claims, in the order of the study. */
  readonly claims: readonly Claim[];
}

/** How each is computed. */
export const CLAIM_STATISTICS: Definitions<ClaimStatistics, Study> = {
  claim: (study) => once((id) => testClaim(study, id)),
  claims: ({ claim }) => CLAIM_IDS.map(claim),
};
