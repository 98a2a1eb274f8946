/** `drift_by_skip`: do skip connections slow the decay? How many, where, and in place of what. */
import {
  cellFeatures,
  CONNECTED,
  matchedSwaps,
  OPERATION_PAIRS,
  outcomeValues,
  summarize,
  type Summary,
  type SwapEffect,
  take,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { allCells, EDGES, type OperationName, SKIP } from "../../space/mod.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, interval } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import {
  axisTitle,
  CONDITION,
  CONDITION_SCALE,
  EDGE_LABELS,
  OPERATION,
} from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";

const OUTCOMES = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"] as const;
const DROP = "drift_drop.hwt";
const SIGNIFICANT = 0.05;

const color: Channel<"color"> = {
  field: "condition",
  type: "nominal",
  scale: CONDITION_SCALE,
  legend: null,
};

type Group = Summary & { readonly name: string };

/** Median and quartiles of groups of cells, side by side. */
function groupPanel(letter: string, text: string, title: string, groups: readonly Group[]): View {
  const x: Channel<"x"> = {
    field: "name",
    type: "nominal",
    sort: null,
    title,
    axis: { labelAngle: 0, ticks: false, domain: false },
  };
  const y = (field: string) => position(field, DROP, [0, 45], { grid: true });
  const values = groups.map((group) => ({
    ...group,
    condition: CONDITION.hwt.label,
    n_text: count(group.n),
  }));
  return {
    title: panelTitle(letter, text),
    width: (CONTENT_WIDTH - 140) / 2,
    height: 140,
    data: { values },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 1 },
        encoding: { x, y: y("q05"), y2: { field: "q95" }, color },
      },
      {
        mark: { type: "bar", width: 12, opacity: 0.35 },
        encoding: { x, y: y("q25"), y2: { field: "q75" }, color },
      },
      { mark: { type: "tick", width: 16, thickness: 2.4 }, encoding: { x, y: y("median"), color } },
      {
        mark: { type: "text", fontSize: 8.5, color: MUTED, baseline: "bottom" },
        encoding: { x, y: { value: 0 }, text: { field: "n_text" } },
      },
    ],
  };
}

/** Effects of skip in place of one other operation, edge by edge. */
function swapPanel(
  other: string,
  effects: readonly SwapEffect[],
  letter: string,
  first: boolean,
): View {
  const values = effects.map(({ outcome, edge, mean, p_holm }) => ({
    edge: EDGE_LABELS[edge],
    condition: outcome === DROP ? CONDITION.hwt.label : CONDITION.noisy.label,
    ...mean,
    significant: p_holm < SIGNIFICANT,
  }));
  const y: Channel<"y"> = {
    field: "edge",
    type: "nominal",
    sort: null,
    title: first ? axisTitle("edge") : null,
    axis: { labels: first, ticks: false, domain: false, grid: true },
  };
  const x = (field: string) => position(field, "drift_swap", [-14, 8], { values: [-10, -5, 0, 5] });
  const names = other === OPERATION.nor_conv_3x3.label
    ? values.filter(({ edge }) => edge === EDGE_LABELS[0])
    : [];
  const of = (outcome: string, yOffset: number): Layer[] => {
    const rows = values.filter(({ condition }) => condition === outcome);
    return [
      {
        data: { values: rows },
        mark: { type: "rule", strokeWidth: 1.4, yOffset },
        encoding: { x: x("low"), x2: { field: "high" }, y, color },
      },
      {
        data: { values: rows },
        mark: { type: "point", size: 22, strokeWidth: 1.3, yOffset },
        encoding: {
          x: x("estimate"),
          y,
          stroke: color,
          fill: {
            condition: {
              test: "datum.significant",
              field: "condition",
              type: "nominal",
              scale: CONDITION_SCALE,
              legend: null,
            },
            value: "white",
          },
        },
      },
    ];
  };
  return {
    title: panelTitle(letter, `skip for ${other}`),
    width: (CONTENT_WIDTH - 80) / 4,
    height: 165,
    layer: [
      {
        data: { values: [{ estimate: 0 }] },
        mark: { type: "rule", color: INK },
        encoding: { x: x("estimate") },
      },
      ...of(CONDITION.hwt.label, -4),
      ...of(CONDITION.noisy.label, 4),
      {
        data: { values: names },
        mark: { type: "text", align: "left", dx: 5, fontWeight: 600 },
        encoding: { x: x("high"), y, text: { field: "condition" }, color },
      },
    ],
  };
}

/** What the swap does to the drift drop of HWT, over the edges where the effect is clear, in words. */
function change(swaps: readonly SwapEffect[], other: OperationName): string {
  const effects = swaps
    .filter((swap) => swap.other === other && swap.outcome === DROP && swap.p_holm < SIGNIFICANT)
    .map(({ mean }) => mean.estimate).sort((a, b) => a - b);
  if (effects.length === 0) return "does not change it on any edge";
  const [low, high] = [effects[0], effects[effects.length - 1]];
  const verb = high < 0 ? "lowers" : low > 0 ? "raises" : "changes";
  const range = high < 0 ? interval(-high, -low, 1) : interval(low, high, 1);
  return `${verb} it on ${effects.length} of ${EDGES.length} edges, by ${range}`;
}

export function driftBySkip({ published, seed }: Sources): Drawn {
  const drop = outcomeValues(published, DROP);
  const skips = cellFeatures().count_skip_connect;
  const group = (name: string, indices: Int32Array): Group => ({
    name,
    ...summarize(take(drop, indices)),
  });
  const byNumber = [0, 1, 2, 3, 4, 5, 6].map((n) =>
    group(String(n), CONNECTED.filter((i) => skips[i] === n))
  );
  const byPlace = EDGES.map((_, edge) =>
    group(EDGE_LABELS[edge], CONNECTED.filter((i) => allCells()[i][edge] === SKIP))
  );
  const withSkip = OPERATION_PAIRS.filter(([first]) => first === SKIP);
  const swaps = matchedSwaps(published, OUTCOMES, prng(seed, "matched_swaps"), withSkip)
    .filter(({ outcome }) => outcome !== "hwt@30d");
  const others = [...new Set(swaps.map(({ other }) => other))];
  const [pool, conv] = [change(swaps, "avg_pool_3x3"), change(swaps, "nor_conv_3x3")];
  const pairs = swaps.map(({ n }) => n);
  return {
    numbers: { by_number: byNumber, by_place: byPlace, swaps },
    spec: {
      title: heading(
        `Drift drop of HWT in points: a skip in place of pooling ${pool}; one in place of ` +
          `a 3×3 convolution ${conv}`,
        `Drift drop: accuracy at 1 min − at 30 days; ${
          count(CONNECTED.length)
        } connected cells. a, b: median, quartiles and 5 to 95 % of the cells, their number above. c to f: ` +
          `mean over the ${count(Math.min(...pairs))} to ${
            count(Math.max(...pairs))
          } pairs of cells that differ in this edge only; 95 % interval by bootstrap over isomorphism ` +
          `classes; filled: p < ${SIGNIFICANT} after Holm’s correction.`,
      ),
      spacing: 16,
      vconcat: [
        {
          spacing: 40,
          hconcat: [
            groupPanel("a", "By number of skip connections", axisTitle("skips"), byNumber),
            groupPanel("b", "With a skip connection on edge", axisTitle("edge"), byPlace),
          ],
        },
        {
          spacing: 10,
          hconcat: others.map((other, k) =>
            swapPanel(
              OPERATION[other].label,
              swaps.filter((swap) => swap.other === other),
              "cdef"[k],
              k === 0,
            )
          ),
        },
      ],
    },
  };
}
