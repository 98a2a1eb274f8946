/** The studies of this workspace, as plans: which units, in which order, under which configs. */
import { type PartialConfig, resolveConfig } from "../config.ts";
import { prng } from "../random.ts";
import { CELL_COUNT } from "../space/mod.ts";
import { type Plan, PLAN_VERSION, planUnit, type Unit } from "./plan.ts";
import { type Choice, matchedFamilies, stratifiedCells } from "./study_cells.ts";

/** What a plan is chosen from: the published accuracies, per cent by cell_index. */
export interface Published {
  readonly baseline_pct: Float64Array;
  readonly hwt30d_pct: Float64Array;
}

/**
 * Scale of the replication: what 2 cores carry. Epochs, repeats and test images are the smallest at which
 * a first trial showed all effects; see docs/full_space.md for the measured cost.
 */
const REPLICATION = {
  network: { channels: 8, cellsPerStage: 1 },
  training: { epochs: 4 },
  qat: { epochs: 1 },
  hwt: { epochs: 1 },
  measurement: { testImages: 5_000, repeats: 5 },
} as const satisfies PartialConfig;

/** Edges of the published order: input to output, and from the first to the second inner node. */
const INPUT_TO_OUTPUT = 2, INNER = 3;
/** Published baseline that every cell of a family reaches, per cent. */
const FLOOR_PCT = 85;
/** Families of five cells of each edge, and how many of them share no cell with a stratum. */
const FAMILIES = { outer: 4, inner: 4 }, APART = { outer: 3, inner: 2 };
/** Strata of the published hwt@30d: one cell from each. */
const STRATA = 24;
/** Cells that are trained from three seeds, and those also measured under `corrected`. */
const SEEDED = 6, CORRECTED = 6;

/**
 * The replication: families that differ in one edge and a stratified sample, under the published protocol;
 * some again from two more seeds, and some under the corrected protocol. Ordered so that a study stopped
 * early can answer each question a little: a family and cells over the whole range, then the spread
 * between seeds, the corrected protocol, the other strata, and families of the two edges by turns.
 *
 * A larger study has more families: those before stay, and so do the strata, which keep apart from the
 * first families only. A cell of a family and a stratum is measured once.
 */
export function replicationPlan({ baseline_pct, hwt30d_pct }: Published, seed: number): Plan {
  const families = (edge: number, count: number) =>
    matchedFamilies(edge, count, baseline_pct, FLOOR_PCT, prng(seed, `families of edge ${edge}`));
  const outer = families(INPUT_TO_OUTPUT, FAMILIES.outer);
  const inner = families(INNER, FAMILIES.inner);
  const apart = [...outer.slice(0, APART.outer), ...inner.slice(0, APART.inner)].flat();
  const taken = new Set(apart.map(({ cell_index }) => cell_index));
  const strata = stratifiedCells(STRATA, hwt30d_pct, taken, prng(seed, "strata"));
  const spread = evenOrder(STRATA).map((stratum) => strata[stratum]);
  const [sparse, dense] = [spread.slice(0, STRATA * 2 / 3), spread.slice(STRATA * 2 / 3)];
  const first = [...outer[0], ...sparse];
  const again = [...outer[0].slice(0, 2), ...sparse.slice(0, SEEDED - 2)];
  const turns = Math.max(inner.length, outer.length - 1);
  const byTurns = Array.from({ length: turns }, (_, turn) => [
    ...(inner[turn] ?? []),
    ...(outer[turn + 1] ?? []),
  ]).flat();
  const rest = distinct([...first, ...dense, ...byTurns]).slice(first.length);
  const unit = (config: string, seed: number, why = "") => ({ cell_index, reason }: Choice) =>
    planUnit(cell_index, seed, config, reason + why);
  const units: Unit[] = [
    ...first.map(unit("published", 0)),
    ...again.map(unit("published", 1, ", seed")),
    ...again.map(unit("published", 2, ", seed")),
    ...first.slice(0, CORRECTED).map(unit("corrected", 0, ", protocol")),
    ...rest.map(unit("published", 0)),
  ];
  return {
    version: PLAN_VERSION,
    study: "replication",
    configs: {
      published: resolveConfig({ ...REPLICATION, protocol: "as_published" }),
      corrected: resolveConfig({ ...REPLICATION, protocol: "corrected" }),
    },
    units,
  };
}

/**
 * Families of the edge from input to output beyond those of the replication, under its published protocol: more
 * pairs for the contrasts that its own leave open. The first `families` of one order, so that a longer plan
 * keeps what a shorter one measured.
 */
export function generalityPlan(
  { baseline_pct }: Pick<Published, "baseline_pct">,
  seed: number,
  families: number,
): Plan {
  const random = prng(seed, `families of edge ${INPUT_TO_OUTPUT}`);
  const all = matchedFamilies(
    INPUT_TO_OUTPUT,
    FAMILIES.outer + families,
    baseline_pct,
    FLOOR_PCT,
    random,
  );
  return {
    version: PLAN_VERSION,
    study: "generality",
    configs: { published: resolveConfig({ ...REPLICATION, protocol: "as_published" }) },
    units: all.slice(FAMILIES.outer).flat()
      .map(({ cell_index, reason }) => planUnit(cell_index, 0, "published", reason)),
  };
}

/** How many times as long, and as deep, the networks of `scalePlan` are as those of the replication. */
const LARGER = 3;

/** How many times as many channels they have: the published 16, at four times the MACs. */
const WIDER = 2;

/**
 * The cells of the replication that are trained from several seeds, once trained three times as long, once with
 * three times as many cells a stage and once with twice the channels, all else as there: which of these takes
 * the measured levels towards the published ones.
 */
export function scalePlan(published: Published, seed: number): Plan {
  const larger = (change: PartialConfig) =>
    resolveConfig({ ...REPLICATION, protocol: "as_published", ...change });
  const again = replicationPlan(published, seed).units.filter((unit) => unit.seed === 1);
  return {
    version: PLAN_VERSION,
    study: "scale",
    configs: {
      longer: larger({
        training: { epochs: REPLICATION.training.epochs * LARGER },
        qat: { epochs: REPLICATION.qat.epochs * LARGER },
        hwt: { epochs: REPLICATION.hwt.epochs * LARGER },
      }),
      deeper: larger({
        network: {
          ...REPLICATION.network,
          cellsPerStage: REPLICATION.network.cellsPerStage * LARGER,
        },
      }),
      wider: larger({
        network: { ...REPLICATION.network, channels: REPLICATION.network.channels * WIDER },
      }),
    },
    units: again.flatMap(({ cell_index, reason }) => [
      planUnit(cell_index!, 0, "deeper", reason),
      planUnit(cell_index!, 0, "longer", reason),
      planUnit(cell_index!, 0, "wider", reason),
    ]),
  };
}

/** Every cell of the space at the scale and under the protocol of the published study. */
export function fullSpacePlan(): Plan {
  return {
    version: PLAN_VERSION,
    study: "full_space",
    configs: { published: resolveConfig({ protocol: "as_published" }) },
    units: Array.from({ length: CELL_COUNT }, (_, i) => planUnit(i, 0, "published", "every cell")),
  };
}

/** Two cells through the whole of a study in a minute: for tests and for trying a machine or a cluster. */
export function miniaturePlan(): Plan {
  const config = resolveConfig({
    protocol: "as_published",
    network: { channels: 4, cellsPerStage: 1 },
    training: { epochs: 1 },
    ptq: { calibrationImages: 256 },
    qat: { epochs: 1 },
    hwt: { epochs: 1 },
    measurement: { trainImages: 2_048, testImages: 500, repeats: 2 },
  });
  const cells = [7_611, 11_110]; // (2,2,0,4,2,1) and (3,2,3,4,2,0)
  return {
    version: PLAN_VERSION,
    study: "miniature",
    configs: { tiny: config },
    units: cells.map((cell_index) => planUnit(cell_index, 0, "tiny", "trial")),
  };
}

/** 0..n-1 in the order of the van der Corput sequence: every head of it is spread over the whole range. */
export function evenOrder(n: number): number[] {
  const reversed = (i: number) => {
    let value = 0, digit = 0.5;
    for (let rest = i; rest > 0; rest >>= 1, digit /= 2) value += (rest & 1) * digit;
    return value;
  };
  const rank = Array.from({ length: n }, (_, i) => i).sort((a, b) => reversed(a) - reversed(b));
  const order = new Array<number>(n);
  rank.forEach((turn, place) => order[turn] = place);
  return order;
}

/** The first choice of each cell: a family of one edge may share a cell with one of another. */
function distinct(choices: readonly Choice[]): Choice[] {
  const seen = new Set<number>();
  return choices.filter(({ cell_index }) => !seen.has(cell_index) && seen.add(cell_index));
}
