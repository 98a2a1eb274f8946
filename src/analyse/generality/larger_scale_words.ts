/** What the larger scales say, in one paragraph for whatever rows there are. */
import {
  LARGER_SCALES,
  type LargerScale,
  type Scale,
  scaleInWords,
} from "../replication/larger_scales.ts";
import type { ScaleStudy } from "../replication/scale_study.ts";
import type { LargerScaleFindings, ScaledShare, ShareAtScale } from "./larger_scale.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { fixedText, intervalText, list } from "../words.ts";

const READINGS = {
  holds: "holds",
  contradicted: "is contradicted",
  open: "is open",
  "no fall": "finds no fall",
} as const;
const OUTCOMES = [["hwt_gap@1d", "the loss after a day"], ["drift_drop.hwt", "the drift drop"]];

const nameOf = (scale: Exclude<Scale, "published">): string =>
  scale === "replication" ? "at the replication's scale" : scaleInWords(scale);

/** Readings of the shares, how those change that do not hold everywhere, and what else changes with scale. */
export function largerScaleInWords(
  { shares, pairs }: LargerScaleFindings,
  { cells, larger, levels }: ScaleStudy,
): string {
  if (shares.length === 0) return "No cell is measured at a larger scale.";
  const changes = OUTCOMES.map(([outcome, words]) => {
    const { at } = levels.find((level) => level.outcome === outcome)!;
    const by = at.flatMap(({ scale, change }) =>
      change === null
        ? []
        : [`${intervalText(change, 1)} points ${scaleInWords(scale as LargerScale)}`]
    );
    return `${words} by ${list(by)}`;
  });
  const expressions = new Set(Array.from(cells, (cell) => EXPRESSIONS[cell])).size;
  const most = `${pairs.most} ${pairs.most === 1 ? "pair" : "pairs"}`;
  return [
    `${cells.length} cells, ${expressions} independent ones by expression, were measured ` +
    `${measuredInWords(cells.length, larger)}: ${shares.map(shareInWords).join("; ")}.`,
    `Under HWT the larger scale changes ${changes.join(", and ")}.`,
    pairs.most >= pairs.fewest
      ? ""
      : `No matched finding has more than ${most} among them where ${pairs.fewest} are asked for, ` +
        "so that they say nothing of skips and kernels.",
  ].filter((sentence) => sentence !== "").join(" ");
}

/** The scales that have rows, with the number of cells where it is not `all`, and those that have none. */
function measuredInWords(all: number, larger: ScaleStudy["larger"]): string {
  const [done, missing] = [true, false].map((has) =>
    LARGER_SCALES.filter((scale) => larger[scale].length > 0 === has)
  );
  const names = done.map((scale) => {
    const own = larger[scale].length;
    return own === all ? scaleInWords(scale) : `${scaleInWords(scale)} (${own} of them so far)`;
  });
  const none = missing.length === 0 ? "" : `, and none yet ${list(missing.map((s) => nameOf(s)))}`;
  return `${list(names)}${none}`;
}

function shareInWords({ finding, at }: ScaledShare): string {
  const here = at.filter(({ scale }) => scale !== "published");
  const groups = [...Map.groupBy(here, ({ reading }) => reading)];
  if (groups.length === 1) {
    const [[reading]] = groups;
    const words = `"${finding.name}" ${READINGS[reading]} at every scale`;
    return reading === "holds" || reading === "no fall" ? words : `${words}${details(here)}`;
  }
  const readings = groups.map(([reading, of]) =>
    `${READINGS[reading]} ${list(of.map(({ scale }) => nameOf(scale as LargerScale)))}`
  );
  return `"${finding.name}" ${list(readings)}${details(here)}`;
}

function details(here: readonly ShareAtScale[]): string {
  const shares = here.map(({ scale, share, change }) => {
    const by = change === null ? "" : ` (change ${intervalText(change, 2)})`;
    const text = share === null ? "no fall" : fixedText(share.estimate, 2);
    return `${text} ${nameOf(scale as LargerScale)}${by}`;
  });
  return `, with a share of ${list(shares)}`;
}
