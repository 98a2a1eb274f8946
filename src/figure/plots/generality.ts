/** `generality`: every finding in every space and on every memory, a forest plot with verdicts in words. */
import { generalityCounts, type Study } from "../../analyse/mod.ts";
import { below, beside, figure } from "../grammar/figure.ts";
import { COLUMNS, findingPanel } from "./generality_panels.ts";

export function generality(study: Study) {
  const { generality: effects, generalitySummaries: summaries } = study;
  const counts = generalityCounts(effects);
  const panels = summaries.map(({ finding, summary }, k) =>
    findingPanel(effects.filter((effect) => effect.finding.id === finding), summary, k)
  );
  const rows = Array.from({ length: Math.ceil(panels.length / COLUMNS) }, (_, row) => ({
    ...beside(8, ...panels.slice(row * COLUMNS, (row + 1) * COLUMNS)),
    bounds: "flush" as const,
  }));
  return figure({
    numbers: {
      counts,
      effects: effects.map(({ finding, source, design, estimate, interval, ...rest }) => ({
        finding: finding.id,
        source: source.id,
        ...rest,
        ...("fewest" in design ? { fewest: design.fewest } : { reason: design.reason }),
        effect: interval,
        ...(estimate && { clusters: estimate.evidence }),
      })),
      summaries,
    },
    alt:
      "Fourteen panels, one a finding: dots with intervals for each space and memory against a band " +
      "of no effect or of half, with a verdict in words beside each; below, the mean of the spaces with its " +
      "prediction interval. What is not measured or cannot be asked says so.",
    finding:
      `Of ${counts.asked} questions put to other networks and memories ${counts.measured} are measured: ` +
      `${counts.agrees} agree with the published finding, ${counts.opposite} say the opposite, ` +
      `${counts.neutral} within the margin, ${counts.open} open`,
    reading: [
      `Lines: 95 % intervals clustered by network, cut at the panel's edge; blue band: the margin of no`,
      `effect, or of half. Verdicts follow from all tests as one family (Holm, 5 %); they were committed before`,
      `rows of other spaces. n of m: fewer pairs than were asked for, hence open. Mean of spaces: random`,
      `effects (Paule-Mandel, Hartung-Knapp), dashed: prediction interval; devices share networks and`,
      `take no part. Loss, shares: one day after programming, or the device's own time; drift: 60 s to`,
      `30 days (SONOS 0 to 5 days).`,
    ],
    view: below(12, ...rows),
  });
}
