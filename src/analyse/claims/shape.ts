import type { Study } from "../study.ts";
import { GROUP_SHARE } from "../table/robust_cells.ts";
import { type Claim, claim, criterion } from "./claim.ts";
import { cellGroupDifference } from "./group_difference.ts";

/** Cohen's d below which a difference is not even small (Cohen 1988, section 2.2). */
const SMALL = 0.2;

/**
 * Width and node degree of robust cells. "Robust" is read in two ways, as what a cell keeps (smallest
 * against largest drop) and as what it reaches (the best tenth at one day against the other competent
 * cells); the claim has to hold for both.
 */
export function shapeClaim(study: Study): Claim {
  const { competent, robust, fragile } = study.groups;
  const later = study.benchmark.accuracy("hwt@1d");
  const ordered = competent.toSorted((a, b) => later[b] - later[a] || a - b);
  const size = Math.floor(GROUP_SHARE * competent.length);
  const features = study.features;
  const shapes = [
    ["width", "are wider"],
    ["max_out_degree", "have a node of higher out-degree"],
    ["max_in_degree", "have a node of higher in-degree"],
  ] as const;
  const readings = [
    ["kept", robust, fragile, "Cells that keep most"],
    ["reached", ordered.slice(0, size), ordered.slice(size), "Cells that reach most"],
  ] as const;
  return claim(
    "robust_wider_branched",
    "Robust cells are wider and more branched (node degree).",
    readings.flatMap(([id, first, second, who]) =>
      shapes.map(([feature, what]) =>
        criterion(
          `${feature}_${id}`,
          `${who} ${what}, by more than 0.2 SD`,
          "SD",
          cellGroupDifference(features[feature], first, second, true),
          "above",
          SMALL,
        )
      )
    ),
  );
}
