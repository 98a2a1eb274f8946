/** `operation_effects`: exact factorial effect of each operation at each edge, on what the paper describes. */
import {
  EFFECT_OUTCOMES,
  type OperationEffect,
  type Outcome,
  type Study,
} from "../../analyse/mod.ts";
import { CELL_COUNT, type OperationName, OPERATIONS } from "../../space/mod.ts";
import { along, coloured, inkOn, names, shaded } from "../grammar/axes.ts";
import { stacked } from "../grammar/binning.ts";
import { below, beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed, signed } from "../grammar/format.ts";
import { bars, layer, panel, words } from "../grammar/marks.ts";
import { EDGE_LABELS, OPERATION, quantityOf } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, DIVERGING, panelTitle } from "../grammar/theme.ts";

type Explained = (typeof EFFECT_OUTCOMES)[number];
/** Names on the axis of the last panel. */
const OUTCOMES = {
  "baseline": "baseline",
  "noisy": "noisy",
  "hwt": "HWT",
  "hwt@30d": "HWT 30 d",
  "drift_drop.hwt": "drift drop",
} as const satisfies Record<Explained, string>;

const SIZE = [(CONTENT_WIDTH - 150) / 3, 118] as const;
/** Colours saturate here, percentage points either way. */
const MOST = 20;
/** Parts of the variance, and their colours. */
const ORDERS = {
  domain: ["single edges", "pairs", "three or more"],
  range: ["#0E3D75", "#6BAAD1", "#D3E3F1"],
};

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function effectPanel(outcome: Explained, effects: readonly OperationEffect[], k: number): View {
  const less = outcome.startsWith("drift_drop");
  const values = effects.map(({ edge, operation, effect }) => ({
    edge: EDGE_LABELS[edge],
    operation: OPERATION[operation].short,
    ...effect,
    text: signed(effect.estimate, 1),
    clear: effect.low > 0 || effect.high < 0,
    better: less ? -effect.estimate : effect.estimate,
  }));
  const operations = OPERATIONS.map((operation) => OPERATION[operation].short);
  const at = { x: names("operation", operations), y: names("edge") };
  const color = shaded("better", { domain: [-MOST, MOST], range: DIVERGING, clamp: true });
  const ink = inkOn("abs(datum.estimate) > 13");
  const opacity = { condition: { test: "datum.clear", value: 1 }, value: 0.45 };
  const hint = less ? " (less is better)" : "";
  return panel(panelTitle("abcde"[k], quantityOf(outcome).label + hint), SIZE, [
    layer(values, { type: "rect", stroke: "white", strokeWidth: 1 }, { ...at, color }),
    words(values, { ...at, color: ink, opacity }, { fontSize: 9.5 }),
  ]);
}

type Variance = readonly { readonly outcome: Explained; readonly shares: readonly number[] }[];

/** How much of the variance single edges, pairs and larger sets of edges carry. */
function variancePanel(variance: Variance): View {
  const values = variance.flatMap(({ outcome, shares }) => {
    const [one, two, ...more] = shares.map((share) => 100 * share);
    const parts = [one, two, total(more)];
    return stacked(parts).map((place, k) => ({
      outcome: OUTCOMES[outcome],
      order: ORDERS.domain[k],
      text: fixed(parts[k], 0),
      ...place,
      middle: place.low + parts[k] / 2,
    }));
  });
  const y = names("outcome"), x = along("variance_share", [0, 100]);
  const legend = { orient: "top", offset: 2, symbolType: "square", columnPadding: 8 } as const;
  const color = coloured("order", ORDERS, legend);
  return panel(panelTitle("f", "Variance carried by"), SIZE, [
    bars(values, { x, y, color }, { height: 15 }),
    words(values, { x: x("middle"), y, color: inkOn("datum.order === 'single edges'") }, {
      fontSize: 9,
    }),
  ]);
}

export function operationEffectsFigure({ anova, operationEffects: effects }: Study) {
  const of = (outcome: Outcome) => effects.filter((effect) => effect.outcome === outcome);
  const variance = EFFECT_OUTCOMES
    .map((outcome) => ({ outcome, shares: anova(outcome).orderShares }));
  const panels = EFFECT_OUTCOMES.map((outcome, k) => effectPanel(outcome, of(outcome), k));
  const mean = (outcome: Outcome, operation: OperationName) => {
    const own = of(outcome).filter((effect) => effect.operation === operation);
    return signed(total(own.map(({ effect }) => effect.estimate)) / own.length, 1);
  };
  const [noisy, baseline] = (["noisy", "baseline"] as const).map((outcome) =>
    (["nor_conv_3x3", "nor_conv_1x1"] as const).map((operation) => mean(outcome, operation))
  );
  return figure({
    numbers: { effects, variance },
    alt:
      "Five tables of six edges by five operations, coloured by the effect of the operation on " +
      "an outcome; the sixth panel splits the variance of each outcome into single edges, pairs " +
      "and more.",
    finding:
      `Averaged over the edges, a 3×3 convolution shifts noisy accuracy by ${noisy[0]} points, ` +
      `a 1×1 by ${noisy[1]}; baseline: ${baseline.join(" and ")}`,
    reading: [
      `a to e: mean of the ${count(CELL_COUNT / OPERATIONS.length)} cells with an operation on`,
      `an edge, less the mean of all ${count(CELL_COUNT)}, in points (blue better, orange`,
      `worse). Exact: every combination is measured. Faint: the 95 % interval (cells of one expression`,
      `together) includes 0. f: functional ANOVA.`,
    ],
    view: below(
      18,
      beside(14, ...panels.slice(0, 3)),
      beside(14, ...panels.slice(3), variancePanel(variance)),
    ),
  });
}
