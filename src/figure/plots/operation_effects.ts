/** `operation_effects`: exact factorial effect of each operation at each edge. */
import {
  functionalAnova,
  type OperationEffect,
  operationEffects,
  type Outcome,
  outcomeValues,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { CELL_COUNT, type OperationName, OPERATIONS } from "../../space/mod.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Drawn, Sources, View } from "../grammar/figure.ts";
import { count, fixed, signed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { EDGE_LABELS, OPERATION, QUANTITIES } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, DIVERGING, INK, panelTitle } from "../grammar/theme.ts";

const OUTCOMES = [
  "baseline",
  "noisy",
  "hwt",
  "hwt@30d",
  "drift_drop.hwt",
] as const satisfies readonly Outcome[];
const WIDTH = (CONTENT_WIDTH - 150) / 3;
const HEIGHT = 118;
/** Colours saturate here, percentage points either way. */
const MOST = 20;

const operations = OPERATIONS.map((operation) => OPERATION[operation].short);
const y: Channel<"y"> = {
  field: "edge",
  type: "nominal",
  sort: null,
  title: null,
  axis: { ticks: false, domain: false },
};
const x: Channel<"x"> = {
  field: "operation",
  type: "nominal",
  scale: { domain: operations },
  title: null,
  axis: { labelAngle: 0, ticks: false, domain: false },
};

function effectPanel(outcome: Outcome, effects: readonly OperationEffect[], letter: string): View {
  const values = effects.map(({ edge, operation, effect }) => ({
    edge: EDGE_LABELS[edge],
    operation: OPERATION[operation].short,
    ...effect,
    text: signed(effect.estimate, 1),
    clear: effect.low > 0 || effect.high < 0,
  }));
  const hint = outcome.startsWith("drift_drop") ? " (less is better)" : "";
  return {
    title: panelTitle(letter, QUANTITIES[outcome].label + hint),
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: "rect", stroke: "white", strokeWidth: 1 },
        encoding: {
          x,
          y,
          color: {
            field: "estimate",
            type: "quantitative",
            scale: { domain: [-MOST, MOST], range: DIVERGING, clamp: true },
            legend: null,
          },
        },
      },
      {
        mark: { type: "text", fontSize: 9.5 },
        encoding: {
          x,
          y,
          text: { field: "text" },
          color: { condition: { test: "abs(datum.estimate) > 13", value: "white" }, value: INK },
          opacity: { condition: { test: "datum.clear", value: 1 }, value: 0.45 },
        },
      },
    ],
  };
}

/** How much of the variance single edges, pairs and larger sets of edges carry. */
function variancePanel(shares: readonly { outcome: Outcome; shares: readonly number[] }[]): View {
  const orders = ["single edges", "pairs", "three or more"];
  const values = shares.flatMap(({ outcome, shares }) => {
    const [one, two, ...more] = shares.map((share) => 100 * share);
    const parts = [one, two, more.reduce((a, b) => a + b, 0)];
    return parts.map((part, k) => {
      const low = parts.slice(0, k).reduce((a, b) => a + b, 0);
      return {
        outcome: SHORT[outcome as keyof typeof SHORT],
        order: orders[k],
        low,
        high: low + part,
        middle: low + part / 2,
        text: fixed(part, 0),
      };
    });
  });
  const rows: Channel<"y"> = {
    field: "outcome",
    type: "nominal",
    sort: null,
    title: null,
    axis: { ticks: false, domain: false },
  };
  const at = (field: string) => position(field, "variance_share", [0, 100]);
  return {
    title: panelTitle("f", "Variance carried by"),
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    layer: [
      {
        mark: { type: "bar", height: 15 },
        encoding: {
          x: at("low"),
          x2: { field: "high" },
          y: rows,
          color: {
            field: "order",
            type: "nominal",
            scale: { domain: orders, range: ["#0E3D75", "#6BAAD1", "#D3E3F1"] },
            legend: {
              orient: "top",
              title: null,
              offset: 2,
              symbolType: "square",
              columnPadding: 8,
            },
          },
        },
      },
      {
        mark: { type: "text", fontSize: 9 },
        encoding: {
          x: at("middle"),
          y: rows,
          text: { field: "text" },
          color: {
            condition: { test: "datum.order === 'single edges'", value: "white" },
            value: INK,
          },
        },
      },
    ],
  };
}

const SHORT = {
  "baseline": "baseline",
  "noisy": "noisy",
  "hwt": "HWT",
  "hwt@30d": "HWT 30 d",
  "drift_drop.hwt": "drift drop",
} as const satisfies Record<(typeof OUTCOMES)[number], string>;

export function operationEffectsFigure({ published, seed }: Sources): Drawn {
  const effects = operationEffects(published, OUTCOMES, prng(seed, "operation_effects"));
  const of = (outcome: Outcome) => effects.filter((effect) => effect.outcome === outcome);
  const variance = OUTCOMES.map((outcome) => ({
    outcome,
    shares: functionalAnova(outcomeValues(published, outcome)).orderShares,
  }));
  const panels = OUTCOMES.map((outcome, k) => effectPanel(outcome, of(outcome), "abcde"[k]));
  const mean = (outcome: Outcome, operation: OperationName) => {
    const own = of(outcome).filter((effect) => effect.operation === operation);
    return signed(own.reduce((sum, { effect }) => sum + effect.estimate, 0) / own.length, 1);
  };
  return {
    numbers: { effects, variance },
    spec: {
      title: heading(
        `Averaged over the edges, a 3×3 convolution shifts noisy accuracy by ${
          mean("noisy", "nor_conv_3x3")
        } points, a 1×1 by ${mean("noisy", "nor_conv_1x1")}; baseline: ${
          mean("baseline", "nor_conv_3x3")
        } and ${mean("baseline", "nor_conv_1x1")}`,
        `a to e: mean of the ${
          count(CELL_COUNT / OPERATIONS.length)
        } cells with an operation on an ` +
          `edge, less the mean of all ${
            count(CELL_COUNT)
          }, in points (blue above, orange below). Exact: ` +
          `every combination is measured. Faint: the 95 % interval (bootstrap over isomorphism classes) ` +
          `includes 0. f: functional ANOVA.`,
      ),
      spacing: 18,
      vconcat: [
        { spacing: 14, hconcat: panels.slice(0, 3) },
        { spacing: 14, hconcat: [...panels.slice(3), variancePanel(variance)] },
      ],
    },
  };
}
