/** `replication`: cells trained and measured here against the published table. */
import type { Agreement, LevelPair, Study } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import type { Metric } from "../../table/schema.ts";
import { beside, figure } from "../grammar/figure.ts";
import { fixed, interval, intervalText } from "../grammar/format.ts";
import { curvePanel, curvePoints, pairPanel, tauPanel } from "./replication_panels.ts";

const HEADLINE: Metric = "hwt@30d";

/** What the title says: agreement of the headline metric, and whether its interval excludes chance. */
function finding({ tau, ceiling }: Agreement, n: number): string {
  const value = `τ = ${fixed(tau.estimate, 2)}`,
    allowed = `the same cells measured twice: ${fixed(ceiling, 2)} on average`;
  const when = "after HWT and 30 days", bounds = interval(tau.low, tau.high, 2);
  if (tau.high - tau.low >= 2) {
    return `${n} cells measured here so far: too few to say whether the published order ${when} ` +
      `holds (${value}; ${allowed})`;
  }
  const verdict = tau.low > 0
    ? "follow the published order"
    : tau.high < 0
    ? "reverse the published order"
    : "leave open whether the published order holds";
  return `${n} cells measured here ${verdict} ${when}: ${value} (${bounds}); ${allowed}`;
}

/** A cost of hardware or drift in both sources, in words. */
function cost(levels: readonly LevelPair[], outcome: LevelPair["outcome"]): string {
  const { measured, published } = levels.find((level) => level.outcome === outcome)!;
  return `${intervalText(measured)} points here, ${intervalText(published)} published`;
}

export function replication(study: Study) {
  const { agreements, beyondNoise, costLevels: levels, replication: data } = study;
  const headline = agreements.find(({ metric }) => metric === HEADLINE)!;
  const pairs = study.skipPairs("drift_drop.hwt"), curves = curvePoints(agreements);
  const n = data.cells.length, matched = pairs.length > 0;
  const unexplained = beyondNoise.length === 0
    ? "no interval ends below it."
    : `${beyondNoise.length} of ${agreements.length} intervals end below it.`;
  return figure({
    numbers: {
      n,
      cells: Array.from(data.cells, (cell) => cellText(cellAt(cell))),
      seeded_cells: data.seededCells,
      seed_sd_pct: data.seedSd_pct,
      ...{ agreements, curves, levels, pairs, skip_effects: study.skipEffects("drift_drop.hwt") },
    },
    alt: "Left, rank agreement with the published table for each metric as dots with intervals; " +
      "middle, mean accuracy against time here and published; right, matched effects of a skip " +
      "connection here against published.",
    finding: finding(headline, n),
    reading: [
      `Small networks (8 channels, 1 cell a stage, few epochs) under the published protocol,`,
      `${data.seededCells} cells from several seeds. a: Kendall τ-b over the cells, 95 %`,
      `interval (cells of one expression together; none for fewer than 6 of them); tick: what two`,
      `measurements of the same cells would reach on average, given the noise of both, so that single results can lie above:`,
      `${unexplained} b: mean over the cells. HWT gap (baseline − HWT)`,
      `${cost(levels, "hwt_gap")}; HWT drift drop ${cost(levels, "drift_drop.hwt")}.`,
      ...(matched
        ? [
          `c: drift drop after HWT with a skip connection less that with another operation, all`,
          `else equal, by family; dashed: equality.`,
        ]
        : []),
    ],
    view: {
      ...beside(
        24,
        tauPanel(agreements),
        curvePanel(agreements),
        ...(matched ? [pairPanel(pairs)] : []),
      ),
      resolve: { scale: { color: "independent" } },
    },
  });
}
