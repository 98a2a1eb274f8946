/**
 * How many pairs, seeds and programming events the matched contrasts take, from the variances in the rows of
 * NAS-Bench-201. Wanted is an interval half as wide as the published effect.
 */
import { ASKED, type FindingId } from "../../contrast/mod.ts";
import { mean, pairsForWidth } from "../../stats/mod.ts";
import type { Study } from "../study.ts";
import { FUNCTIONS } from "../table/features.ts";
import { outcomeOf, swapDifferences } from "./estimates.ts";
import { networksOf } from "./networks.ts";
import { fixedText } from "../words.ts";

/** Trainings of each network that are considered. */
const SEEDS_CONSIDERED = [1, 2, 3] as const;

/** What one matched contrast takes; SDs in percentage points. */
export interface Power {
  readonly finding: FindingId;
  /** On the published table. */
  readonly effect: number;
  /** Of the effect itself from context to context: that of published differences without their noise. */
  readonly context_sd: number;
  /** Of an outcome between cells of the replication's size trained from other seeds, each programmed once. */
  readonly training_sd: number;
  /** Of an outcome by the read-outs that one row averages; part of `training_sd`. */
  readonly readout_sd: number;
  /**
   * Of an outcome between programming events of one network, at most: times share events, so that their
   * difference varies less. Null where no rows have events of their own.
   */
  readonly programming_sd: number | null;
  /** Pairs for the wanted width, by seeds of each network. */
  readonly pairs: Readonly<Record<typeof SEEDS_CONSIDERED[number], number>>;
  /** Pairs, from one seed each, for an interval as wide as the effect: enough to tell it from none. */
  readonly pairs_to_tell: number;
  /** Pairs of seeds that the replication has of it. */
  readonly measured: number;
}

/** Widths of an interval in units of the published effect: the wanted one, and one that tells it from none. */
const WANTED_WIDTH = 0.5, TELLING_WIDTH = 1;
const variance = (sd: number) => sd ** 2;

/** Variance within groups, pooled over those of two or more; 0 where there is none. */
function pooledVariance(values: ArrayLike<number>, groups: readonly (string | number)[]): number {
  let squares = 0, freedom = 0;
  const members = Map.groupBy(groups.keys(), (i) => groups[i]).values();
  for (const group of members) {
    const own = group.map((i) => values[i]).filter(Number.isFinite);
    if (own.length < 2) continue;
    const centre = mean(own);
    squares += own.reduce((sum, v) => sum + variance(v - centre), 0);
    freedom += own.length - 1;
  }
  return freedom === 0 ? 0 : squares / freedom;
}

const sampleVariance = (values: readonly number[]) => pooledVariance(values, values.map(() => 0));

/** The matched contrasts of NAS-Bench-201 that its own networks were asked. */
export function powerOf(study: Study): readonly Power[] {
  const asked = (id: string) =>
    ASKED.filter(({ source, design }) => source.id === id && design.kind === "swap");
  const [published, own] = ["published", "own"].map((id) => networksOf(study, asked(id)[0].source));
  return asked("own").map((test, k): Power => {
    const table = asked("published")[k], differences = swapDifferences(table, published);
    const copies = pooledVariance(
      outcomeOf(published, table.finding, table.source),
      Array.from(published.cells, (cell) => FUNCTIONS[cell]),
    );
    const context = Math.max(0, sampleVariance(differences) - 2 * copies);
    const training = pooledVariance(outcomeOf(own, test.finding, test.source), own.texts);
    const effect = mean(differences);
    const pairsFor = (seeds: number, width: number) =>
      pairsForWidth(Math.sqrt(context + 2 * training / seeds), width * Math.abs(effect));
    const pairs = SEEDS_CONSIDERED.map((seeds) => [seeds, pairsFor(seeds, WANTED_WIDTH)]);
    return {
      finding: test.finding.id,
      effect,
      context_sd: Math.sqrt(context),
      training_sd: Math.sqrt(training),
      readout_sd: repeatSd(study, test.finding.outcome, false) ?? 0,
      programming_sd: repeatSd(study, test.finding.outcome, true),
      pairs: Object.fromEntries(pairs),
      pairs_to_tell: pairsFor(1, TELLING_WIDTH),
      measured: swapDifferences(test, own).length,
    };
  });
}

/**
 * SD of an outcome by what differs between repeats, from the SDs of its metrics: of their mean where events are
 * shared and repeats are read-outs, of one event where each repeat programs again.
 */
function repeatSd({ measured }: Study, outcome: string, events: boolean): number | null {
  const metrics = outcome === "loss.hwt" ? ["hwt@1d"] : ["hwt@60s", "hwt@30d"];
  const rows = [...measured.replication, ...measured.devices.rows].filter((row) =>
    row.simulator === "aihwkit" && row.accuracy_sd_pct !== null &&
    row.repeat_varies.includes("programming") === events
  );
  const of = (metric: string) =>
    rows.filter((row) => row.metric === metric)
      .map((row) => variance(row.accuracy_sd_pct!) / (events ? 1 : row.repeats));
  const variances = metrics.map(of);
  if (variances.some((own) => own.length === 0)) return null;
  return Math.sqrt(variances.reduce((sum, own) => sum + mean(own), 0));
}

/** What the variances say of pairs, seeds and read-outs, whatever they are. */
export function powerInWords(power: readonly Power[]): string {
  const most = SEEDS_CONSIDERED.at(-1)!;
  const range = (of: (power: Power) => number) => {
    const [low, high] = [Math.min, Math.max].map((end) => fixedText(end(...power.map(of)), 0));
    return low === high ? `${low} %` : `${low} to ${high} %`;
  };
  const saved = range(({ pairs }) => 100 * (1 - pairs[most] / pairs[1]));
  const seedsCostMore = power.every(({ pairs }) => most * pairs[most] > pairs[1]);
  const readOuts = range((p) => 100 * variance(p.readout_sd) / variance(p.training_sd));
  return `${most} seeds of every cell cost ${most} times as much and save ${saved} of the pairs: ` +
    `${seedsCostMore ? "more pairs come first" : "for some contrasts seeds come first"}. ` +
    `Read-outs are ${readOuts} of the variance between trainings.`;
}

/** Cells of a family that differ in one edge: each gives every contrast of that edge one pair. */
const FAMILY = 5;
/** What the study may cost. */
const BUDGET_CORE_HOURS = 40;

/** What is to be measured further, and what it costs. */
export interface FamilyPlan {
  /** Families that the budget carries, at most those that the contrasts want. */
  readonly families: number;
  readonly units: number;
  readonly core_hours: number;
  /** Families for the wanted width of the matched contrasts but `skip_none`, the most demanding by far. */
  readonly wanted: number;
  readonly wanted_core_hours: number;
}

/**
 * Families of the input-to-output edge beyond those that the replication has, from one seed: a further pair
 * lowers the error more than a further seed of a pair, since contexts differ as much as trainings.
 *
 * @param unit_core_s processor seconds of one unit
 */
export function familyPlan(power: readonly Power[], unit_core_s: number): FamilyPlan {
  const hours = (families: number) => families * FAMILY * unit_core_s / 3_600;
  const wanted = Math.max(
    ...power.filter(({ finding }) => finding !== "skip_none").map((p) => p.pairs[1] - p.measured),
  );
  const families = Math.max(0, Math.min(wanted, Math.floor(BUDGET_CORE_HOURS / hours(1))));
  return {
    families,
    units: families * FAMILY,
    core_hours: hours(families),
    wanted,
    wanted_core_hours: hours(wanted),
  };
}
