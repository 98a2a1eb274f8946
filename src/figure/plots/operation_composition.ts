/** `operation_composition`: operations per edge in robust, fragile and all competent cells. */
import {
  COMPETENT_BASELINE,
  GROUP_SHARE,
  type OperationShare,
  type RobustGroups,
  type Study,
} from "../../analyse/mod.ts";
import { EDGES, OPERATIONS } from "../../space/mod.ts";
import { along, coloured, inkOn, names } from "../grammar/axes.ts";
import { stacked } from "../grammar/binning.ts";
import { type Channel, figure, grid, type Layer, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { bars, endLabels, intervals, panel, reference, words } from "../grammar/marks.ts";
import { EDGE_LABELS, OPERATION, OPERATION_SCALE } from "../grammar/metrics.ts";
import { CONTENT_WIDTH, INK, MUTED } from "../grammar/theme.ts";

const GROUPS = ["robust", "competent", "fragile"] as const satisfies (keyof RobustGroups)[];
const PANEL_WIDTH = (CONTENT_WIDTH - 206) / 6;
const percent = (share: number) => fixed(100 * share, 0);

/** Shares of one edge stacked to 100 %, a bar per group. */
function stack(edge: number, shares: readonly OperationShare[]): View {
  const first = edge === 0;
  const values = GROUPS.flatMap((group) => {
    const own = shares.filter((share) => share.group === group);
    const places = stacked(own.map(({ share }) => 100 * share.estimate));
    return own.map(({ operation, share: { estimate } }, k) => ({
      group: group === "competent" ? "all" : group,
      operation: OPERATION[operation].label,
      text: 100 * estimate >= 8 ? percent(estimate) : "",
      dark: ["nor_conv_3x3", "skip_connect"].includes(operation),
      ...places[k],
      middle: (places[k].low + places[k].high) / 2,
    }));
  });
  const ends = values.filter(({ group }) => edge === EDGES.length - 1 && group === "fragile")
    .map(({ operation, middle }) => ({ text: operation, at: middle }));
  const scale = { paddingInner: 0.12, paddingOuter: 0.05 };
  const x: Channel<"x"> = { ...names("group"), scale };
  const bare = { title: null, labels: false, ticks: false, domain: false };
  const y = along("share", [0, 100], first ? {} : bare);
  const look = { fontSize: 10.5, frame: "group", anchor: "middle", align: "center" } as const;
  const title = { ...look, text: `Edge ${EDGE_LABELS[edge]}`, offset: first ? 4 : 9 };
  const wide = values.filter(({ text }) => text !== "");
  return panel(title, [PANEL_WIDTH, 150], [
    bars(values, { x, y, color: coloured("operation", OPERATION_SCALE) }),
    words(wide, { x, y: y("middle"), color: inkOn("datum.dark") }, { fontSize: 9 }),
    endLabels(ends, PANEL_WIDTH, 8, y),
  ]);
}

/** Shares of robust and fragile cells with their intervals. */
function shareDots(edge: number, shares: readonly OperationShare[]): View {
  const of = (group: string) =>
    shares.filter((row) => row.group === group).map(({ operation, share }) => ({
      group,
      operation: OPERATION[operation].label,
      estimate: 100 * share.estimate,
      low: 100 * share.low,
      high: 100 * share.high,
    }));
  const labels = OPERATIONS.map((operation) => OPERATION[operation].label);
  const x = along("operation_share", [0, 60], { values: [0, 20, 40, 60] });
  const y = names("operation", labels, { labels: edge === 0, grid: true });
  const group = (name: string, fill: string, yOffset: number): Layer[] => {
    const dot = { size: 24, fill, stroke: INK, strokeWidth: 1.2, yOffset };
    return intervals(of(name), { x, y }, { strokeWidth: 1.2, yOffset }, dot);
  };
  const dashed = { color: MUTED, strokeDash: [3, 3] };
  return panel([], [PANEL_WIDTH, 110], [
    reference("x", 100 / OPERATIONS.length, dashed, x("")),
    ...group("robust", INK, -2.5),
    ...group("fragile", "white", 2.5),
  ]);
}

export function operationCompositionFigure({ groups, operationComposition: shares }: Study) {
  const of = (edge: number) => shares.filter((share) => share.edge === edge);
  const [widest] = EDGES.flatMap((_, edge) =>
    OPERATIONS.map((operation) => {
      const [robust, fragile] = ["robust", "fragile"].map((group) =>
        of(edge).find((s) => s.group === group && s.operation === operation)!.share.estimate
      );
      return { edge: EDGE_LABELS[edge], name: OPERATION[operation].label, robust, fragile };
    })
  ).sort((a, b) => Math.abs(b.robust - b.fragile) - Math.abs(a.robust - a.fragile));
  return figure({
    numbers: { sizes: Object.fromEntries(GROUPS.map((g) => [g, groups[g].length])), shares },
    alt: "For each of the six edges stacked bars of the operations' shares in robust, all and " +
      "fragile cells; below them the shares of robust and fragile cells as dots with intervals.",
    finding: `Robust and fragile cells differ most on edge ${widest.edge}: ${widest.name} in ` +
      `${percent(widest.robust)} % of the robust and ` +
      `${percent(widest.fragile)} % of the fragile`,
    reading: [
      `Among ${count(groups.competent.length)} cells with a baseline above ${COMPETENT_BASELINE}`,
      `%: robust are the ${percent(GROUP_SHARE)} % (${count(groups.robust.length)}) that lose`,
      `least from baseline to HWT after 1 day, fragile those that lose most. Top: share of each`,
      `operation (%). Bottom: the same with 95 % intervals, cells of one expression together,`,
      `filled robust, hollow fragile.`,
    ],
    view: grid(
      EDGES.length,
      { row: 12, column: 10 },
      [stack, shareDots].flatMap((view) => EDGES.map((_, edge) => view(edge, of(edge)))),
    ),
  });
}
