/** `operation_composition`: operations per edge in robust, fragile and all competent cells. */
import {
  COMPETENT_BASELINE,
  GROUP_SHARE,
  operationComposition,
  type OperationShare,
  type RobustGroups,
  robustGroups,
} from "../../analyse/mod.ts";
import { prng } from "../../random.ts";
import { EDGES, OPERATIONS } from "../../space/mod.ts";
import { position } from "../grammar/axes.ts";
import type { Channel, Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { EDGE_LABELS, OPERATION, OPERATION_SCALE } from "../grammar/metrics.ts";
import { spread } from "../grammar/spread.ts";
import { CONTENT_WIDTH, INK, MUTED } from "../grammar/theme.ts";

const GROUPS = ["robust", "competent", "fragile"] as const satisfies (keyof RobustGroups)[];
const PANEL_WIDTH = (CONTENT_WIDTH - 206) / 6;
const labels = OPERATIONS.map((operation) => OPERATION[operation].label);

/** Shares of one edge stacked to 100 %, a bar per group. */
function stack(edge: number, shares: readonly OperationShare[]): View {
  const first = edge === 0;
  const values = GROUPS.flatMap((group) => {
    let below = 0;
    return shares.filter((share) => share.group === group).map(({ operation, share }) => {
      const low = below;
      below += 100 * share.estimate;
      const percent = 100 * share.estimate;
      return {
        group: group === "competent" ? "all" : group,
        operation: OPERATION[operation].label,
        low,
        high: below,
        middle: (low + below) / 2,
        text: percent >= 8 ? fixed(percent, 0) : "",
        dark: ["nor_conv_3x3", "skip_connect"].includes(operation),
      };
    });
  });
  const beside = edge === EDGES.length - 1 ? values.filter((v) => v.group === "fragile") : [];
  const places = spread(beside.map(({ middle }) => middle), 8);
  const names = beside.map(({ operation }, i) => ({ operation, place: places[i] }));
  const x: Channel<"x"> = {
    field: "group",
    type: "nominal",
    sort: null,
    title: null,
    scale: { paddingInner: 0.12, paddingOuter: 0.05 },
    axis: { labelAngle: 0, ticks: false, domain: false },
  };
  const y = (field: string) => ({
    ...position(
      field,
      "share",
      [0, 100],
      first ? {} : { labels: false, ticks: false, domain: false },
    ),
    ...(first ? {} : { title: null }),
  });
  const color: Channel<"color"> = {
    field: "operation",
    type: "nominal",
    scale: OPERATION_SCALE,
    legend: null,
  };
  return {
    title: {
      text: `Edge ${EDGE_LABELS[edge]}`,
      fontSize: 10.5,
      frame: "group",
      anchor: "middle",
      align: "center",
      offset: first ? 4 : 9,
    },
    width: PANEL_WIDTH,
    height: 150,
    data: { values },
    layer: [
      { mark: { type: "bar" }, encoding: { x, y: y("low"), y2: { field: "high" }, color } },
      {
        data: { values: values.filter(({ text }) => text !== "") },
        mark: { type: "text", fontSize: 9 },
        encoding: {
          x,
          y: y("middle"),
          text: { field: "text" },
          color: { condition: { test: "datum.dark", value: "white" }, value: INK },
        },
      },
      {
        data: { values: names },
        mark: { type: "text", align: "left" },
        encoding: { x: { value: PANEL_WIDTH + 4 }, y: y("place"), text: { field: "operation" } },
      },
    ],
  };
}

/** Shares of robust and fragile cells with their intervals. */
function dots(edge: number, shares: readonly OperationShare[]): View {
  const first = edge === 0;
  const values = shares.filter(({ group }) => group !== "competent").map((row) => ({
    group: row.group,
    operation: OPERATION[row.operation].label,
    estimate: 100 * row.share.estimate,
    low: 100 * row.share.low,
    high: 100 * row.share.high,
  }));
  const y: Channel<"y"> = {
    field: "operation",
    type: "nominal",
    scale: { domain: labels },
    title: null,
    axis: { labels: first, ticks: false, domain: false, grid: true },
  };
  const x = (field: string) =>
    position(field, "operation_share", [0, 60], { values: [0, 20, 40, 60] });
  return {
    width: PANEL_WIDTH,
    height: 110,
    layer: [
      {
        data: { values: [{ estimate: 100 / OPERATIONS.length }] },
        mark: { type: "rule", color: MUTED, strokeDash: [3, 3] },
        encoding: { x: x("estimate") },
      },
      ...(["robust", "fragile"] as const).flatMap((group): Layer[] => {
        const rows = values.filter((value) => value.group === group);
        const [fill, yOffset] = group === "robust" ? [INK, -2.5] : ["white", 2.5];
        return [
          {
            data: { values: rows },
            mark: { type: "rule", strokeWidth: 1.2, yOffset },
            encoding: { x: x("low"), x2: { field: "high" }, y },
          },
          {
            data: { values: rows },
            mark: { type: "point", size: 24, fill, stroke: INK, strokeWidth: 1.2, yOffset },
            encoding: { x: x("estimate"), y },
          },
        ];
      }),
    ],
  };
}

export function operationCompositionFigure({ published, seed }: Sources): Drawn {
  const groups = robustGroups(published);
  const shares = operationComposition(groups, prng(seed, "operation_composition"));
  const of = (edge: number) => shares.filter((share) => share.edge === edge);
  const difference = (edge: number, operation: string) => {
    const [robust, fragile] = ["robust", "fragile"].map((group) =>
      of(edge).find((s) => s.group === group && s.operation === operation)!.share.estimate
    );
    return { edge, operation, robust, fragile };
  };
  const [widest] = EDGES.flatMap((_, e) => OPERATIONS.map((o) => difference(e, o)))
    .sort((a, b) => Math.abs(b.robust - b.fragile) - Math.abs(a.robust - a.fragile));
  const percent = (share: number) => fixed(100 * share, 0);
  const name = OPERATION[widest.operation as keyof typeof OPERATION].label;
  return {
    numbers: { sizes: Object.fromEntries(GROUPS.map((g) => [g, groups[g].length])), shares },
    spec: {
      title: heading(
        `Robust and fragile cells differ most on edge ${EDGE_LABELS[widest.edge]}: ${name} in ${
          percent(widest.robust)
        } % of the robust and ${percent(widest.fragile)} % of the fragile`,
        `Among ${
          count(groups.competent.length)
        } cells with a baseline above ${COMPETENT_BASELINE} %: robust are the ${
          percent(GROUP_SHARE)
        } % (${
          count(groups.robust.length)
        }) that lose least from baseline to HWT after 1 day, fragile ` +
          `those that lose most. Top: share of each operation (%). Bottom: the same with 95 % intervals ` +
          `by bootstrap over isomorphism classes, filled robust, hollow fragile.`,
      ),
      columns: EDGES.length,
      spacing: { row: 12, column: 10 },
      concat: [
        ...EDGES.map((_, edge) => stack(edge, of(edge))),
        ...EDGES.map((_, edge) => dots(edge, of(edge))),
      ],
    },
  };
}
