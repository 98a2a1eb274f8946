/** What the larger scales say, in one paragraph for whatever rows there are. */
import { LARGER_SCALES, type ScaleStudy } from "../replication/scale_study.ts";
import type { LargerScaleFindings, ScaledShare, ShareAtScale } from "./larger_scale.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { fixedText, intervalText, list } from "../words.ts";

/** Scales trained here, in the order in which they are said. */
const HERE = ["replication", ...LARGER_SCALES] as const;
const NAMES = {
  replication: "at the replication's scale",
  longer: "trained longer",
  deeper: "as deeper networks",
} as const;
const READINGS = {
  holds: "holds",
  contradicted: "is contradicted",
  open: "is open",
  "no fall": "finds no fall",
} as const;
const OUTCOMES = [["hwt_gap@1d", "the loss after a day"], ["drift_drop.hwt", "the drift drop"]];

/** Readings of the shares, how those change that do not hold everywhere, and what else changes with scale. */
export function largerScaleInWords(
  { shares, pairs }: LargerScaleFindings,
  { cells, levels }: ScaleStudy,
): string {
  if (shares.length === 0) return "No cell is measured at every scale.";
  const changes = OUTCOMES.map(([outcome, words]) => {
    const { change } = levels.find((level) => level.outcome === outcome)!;
    const by = LARGER_SCALES.map((scale) =>
      `${intervalText(change[scale], 1)} points ${NAMES[scale]}`
    );
    return `${words} by ${list(by)}`;
  });
  const expressions = new Set(Array.from(cells, (cell) => EXPRESSIONS[cell])).size;
  const most = `${pairs.most} ${pairs.most === 1 ? "pair" : "pairs"}`;
  return [
    `Of ${cells.length} cells at three scales, ${expressions} independent ones by expression: ` +
    `${shares.map(shareInWords).join("; ")}.`,
    `Under HWT the larger scale changes ${changes.join(", and ")}.`,
    pairs.most >= pairs.fewest
      ? ""
      : `No matched finding has more than ${most} among them where ${pairs.fewest} are asked for, ` +
        "so that they say nothing of skips and kernels.",
  ].filter((sentence) => sentence !== "").join(" ");
}

function shareInWords({ finding, at, change }: ScaledShare): string {
  const groups = [...Map.groupBy(HERE, (scale) => at[scale].reading)];
  if (groups.length === 1) {
    const [[reading]] = groups, words = `"${finding.name}" ${READINGS[reading]} at all of them`;
    return reading === "holds" || reading === "no fall" ? words : `${words}${details(at, change)}`;
  }
  const readings = groups.map(([reading, scales]) =>
    `${READINGS[reading]} ${list(scales.map((scale) => NAMES[scale]))}`
  );
  return `"${finding.name}" ${list(readings)}${details(at, change)}`;
}

function details(at: ScaledShare["at"], change: ScaledShare["change"]): string {
  const text = ({ share }: ShareAtScale) =>
    share === null ? "no fall" : fixedText(share.estimate, 2);
  const larger = LARGER_SCALES.map((scale) => {
    const by = change[scale] === null ? "" : ` (change ${intervalText(change[scale], 2)})`;
    return `${text(at[scale])} ${NAMES[scale]}${by}`;
  });
  return `, with a share of ${list([`${text(at.replication)} ${NAMES.replication}`, ...larger])}`;
}
