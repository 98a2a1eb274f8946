/** `drift_by_skip`: do skip connections slow the decay of noisy and HWT? How many, where, in place of what. */
import {
  CONNECTED,
  FAMILY_LEVEL,
  type Study,
  type Summary,
  type SwapEffect,
} from "../../analyse/mod.ts";
import { EDGES, type OperationName } from "../../space/mod.ts";
import { along, coloured, names } from "../grammar/axes.ts";
import { below, beside, figure, type Layer, type View } from "../grammar/figure.ts";
import { count, fixed, interval } from "../grammar/format.ts";
import { bars, dots, layer, panel, reference, spans, words } from "../grammar/marks.ts";
import { axisTitle, CONDITION, EDGE_LABELS, OPERATION } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED, panelTitle } from "../grammar/theme.ts";

const DROP = "drift_drop.hwt";
/** End of the axis of a and b; a group whose median lies beyond stands there as a number. */
const MOST_POINTS = 25;

const color = coloured("condition");

type Group = Summary & { readonly name: string };

/** Median and quartiles of groups of cells, side by side. */
function groupPanel(letter: string, text: string, title: string, groups: readonly Group[]): View {
  const condition = CONDITION.hwt.label;
  const values = groups.map((group) => ({ ...group, condition, text: count(group.n) }));
  const x = names("name", undefined, { title }), y = along(DROP, [0, MOST_POINTS], { grid: true });
  const within = values.filter(({ median }) => median <= MOST_POINTS);
  const beyond = values.filter((row) => !within.includes(row))
    .map(({ median, ...row }) => ({ ...row, text: `${fixed(median, 0)} ↑` }));
  const small = { fontSize: 8.5, color: MUTED, baseline: "bottom" } as const;
  return panel(panelTitle(letter, text), [(CONTENT_WIDTH - 140) / 2, 140], [
    spans(within, { x, y, color }, { strokeWidth: 1 }, ["q05", "q95"]),
    bars(within, { x, y, color }, { width: 12, opacity: 0.35 }, ["q25", "q75"]),
    layer(within, { type: "tick", width: 16, thickness: 2.4 }, { x, y: y("median"), color }),
    words(values, { x, y: { value: 0 } }, small),
    words(beyond, { x, y: { value: 10 }, color }),
  ]);
}

/** Effects of skip in place of one other operation, edge by edge. */
function swapPanel(effects: readonly SwapEffect[], k: number): View {
  const { label } = OPERATION[effects[0].other], first = k === 0;
  const values = effects.map(({ outcome, edge, mean, p_holm }) => ({
    edge: EDGE_LABELS[edge],
    condition: CONDITION[outcome === DROP ? "hwt" : "noisy"].label,
    ...mean,
    significant: p_holm < FAMILY_LEVEL,
  }));
  const x = along("drift_swap", [-14, 8], { values: [-10, -5, 0, 5] });
  const title = first ? axisTitle("edge") : null;
  const y = names("edge", undefined, { title, labels: first, grid: true });
  const named = effects[0].other !== "nor_conv_3x3" ? [] : values
    .filter(({ edge }) => edge === EDGE_LABELS[0]).map((row) => ({ ...row, text: row.condition }));
  const test = "datum.significant", fill = { condition: { test, ...color }, value: "white" };
  const of = (condition: "hwt" | "noisy", yOffset: number): Layer[] => {
    const rows = values.filter((row) => row.condition === CONDITION[condition].label);
    return [
      spans(rows, { x, y, color }, { strokeWidth: 1.4, yOffset }),
      dots(rows, { x, y, stroke: color, fill }, { size: 22, strokeWidth: 1.3, yOffset }),
    ];
  };
  return panel(panelTitle("cdef"[k], `skip for ${label}`), [(CONTENT_WIDTH - 80) / 4, 165], [
    reference("x", 0, { color: INK }, x("")),
    ...of("hwt", -4),
    ...of("noisy", 4),
    words(named, { x: x("high"), y, color }, { align: "left", dx: 5, fontWeight: 600 }),
  ]);
}

/** What the swap does to the drift drop of HWT, over the edges where the effect is clear, in words. */
function change(swaps: readonly SwapEffect[], other: OperationName): string {
  const effects = swaps
    .filter((swap) => swap.other === other && swap.outcome === DROP && swap.p_holm < FAMILY_LEVEL)
    .map(({ mean }) => mean.estimate);
  if (effects.length === 0) return "does not change it on any edge";
  const low = Math.min(...effects), high = Math.max(...effects);
  const verb = high < 0 ? "lowers" : low > 0 ? "raises" : "changes";
  const range = high < 0 ? interval(-high, -low, 1) : interval(low, high, 1);
  return `${verb} it on ${effects.length} of ${EDGES.length} edges, by ${range}`;
}

export function driftBySkip({ matchedSwaps, skipGroups }: Study) {
  const { byNumber, byPlace } = skipGroups(DROP);
  const by_number = byNumber.map((summary, n) => ({ name: String(n), ...summary }));
  const by_place = byPlace.map((summary, edge) => ({ name: EDGE_LABELS[edge], ...summary }));
  const swaps = matchedSwaps.filter(({ outcome }) => outcome !== "hwt@30d");
  const pairs = swaps.map(({ n }) => n);
  const range = `${count(Math.min(...pairs))} to ${count(Math.max(...pairs))}`;
  return figure({
    numbers: { by_number, by_place, swaps },
    alt: "Above, the drift drop by number and by place of skip connections, as medians with " +
      "quartiles; below, dots with intervals: its change with a skip connection in place of " +
      "each other operation, edge by edge.",
    finding: `Drift drop of HWT in points: ` +
      `a skip in place of pooling ${change(swaps, "avg_pool_3x3")}; ` +
      `one in place of a 3×3 convolution ${change(swaps, "nor_conv_3x3")}`,
    reading: [
      `Drift drop: accuracy at 1 min − at 30 days; ${count(CONNECTED.length)} connected cells.`,
      `a, b: median, quartiles and 5 to 95 % of the cells, their number above; ↑: a median beyond the`,
      `axis. c to f: mean over the ${range} pairs of cells that differ in this edge only; 95 % interval clustered by`,
      `the expressions of both; filled: p < ${FAMILY_LEVEL} after Holm’s correction.`,
    ],
    view: below(
      16,
      beside(
        40,
        groupPanel("a", "By number of skip connections", axisTitle("skips"), by_number),
        groupPanel("b", "With a skip connection on edge", axisTitle("edge"), by_place),
      ),
      beside(10, ...[...Map.groupBy(swaps, ({ other }) => other).values()].map(swapPanel)),
    ),
  });
}
