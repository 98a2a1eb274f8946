/** `pareto`: accuracy after one day of drift against parameters, MACs and crossbar tiles. */
import { cellFeatures, CONNECTED, paretoFront, take } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { position } from "../grammar/axes.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Drawn, Layer, Sources, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { ACCENT, CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

const METRIC = "hwt@1d";
const ACCURACY = [60, 95] as const;
/** How far below the best a cell may stay to be called nearly as good, points. */
const NEARLY = 2;
const WIDTH = (CONTENT_WIDTH - 130) / 3;

/** Each cost, divided by what makes its axis readable. */
const COSTS = [
  { name: "parameters", title: "Parameters", per: 1e6, domain: [0, 1.6] },
  { name: "macs", title: "MACs", per: 1e6, domain: [0, 230] },
  { name: "tiles", title: "Crossbar tiles", per: 1, domain: [0, 160] },
] as const;

interface Point {
  readonly cell: string;
  readonly cost: number;
  readonly accuracy: number;
  /** Published SD over the 25 read-outs, points. */
  readonly sd: number;
}

function panel(
  cost: (typeof COSTS)[number],
  front: readonly Point[],
  tiles: readonly Tile[],
  most: number,
  k: number,
): View {
  const x = (field: string) => position(field, cost.name, cost.domain, { zindex: 1 });
  const y = (field: string) => ({
    ...position(field, METRIC, ACCURACY, { zindex: 1 }),
    ...(k === 0 ? {} : { title: null }),
  });
  const line = { x: x("cost"), y: y("accuracy") };
  const named = [front[front.length - 1], nearlyBest(front)];
  const name = (halo: Record<string, unknown>): Layer => ({
    data: { values: named },
    mark: { type: "text", fontSize: 9, dy: -13, strokeJoin: "round", ...halo },
    encoding: { ...line, text: { field: "cell" } },
  });
  return {
    title: panelTitle("abc"[k], cost.title),
    width: WIDTH,
    height: 190,
    layer: [
      densityLayer(tiles, x("x"), y("y"), most, false),
      {
        data: { values: [...front] },
        mark: { type: "line", interpolate: "step-after", color: ACCENT, strokeWidth: 1.4 },
        encoding: line,
      },
      {
        data: {
          values: front.map(({ cost, accuracy, sd }) => ({
            cost,
            low: accuracy - sd,
            high: accuracy + sd,
          })),
        },
        mark: { type: "rule", color: ACCENT },
        encoding: { x: x("cost"), y: y("low"), y2: { field: "high" } },
      },
      {
        data: { values: [...front] },
        mark: { type: "point", color: ACCENT, size: 20 },
        encoding: line,
      },
      name({ stroke: "white", strokeWidth: 3 }),
      name({}),
    ],
  };
}

export function pareto({ published }: Sources): Drawn {
  const features = cellFeatures();
  const accuracy = published.accuracy(METRIC);
  const drawn = CONNECTED.filter((i) => accuracy[i] >= ACCURACY[0]);
  const panels = COSTS.map((cost) => {
    const scaled = features[cost.name].map((value) => value / cost.per);
    const front = Array.from(paretoFront(scaled, accuracy, CONNECTED), (i): Point => ({
      cell: cellText(cellAt(i)),
      cost: scaled[i],
      accuracy: accuracy[i],
      sd: published.sd(METRIC)![i],
    }));
    const tiles = histogram2d(
      take(scaled, drawn),
      take(accuracy, drawn),
      cost.domain,
      ACCURACY,
      50,
    );
    return { cost, front, tiles };
  });
  const most = mostCells(...panels.map(({ tiles }) => tiles));
  const best = panels[0].front[panels[0].front.length - 1];
  const share = (name: string) => {
    const { front } = panels.find(({ cost }) => cost.name === name)!;
    return fixed(100 * nearlyBest(front).cost / front[front.length - 1].cost, 0);
  };
  return {
    numbers: Object.fromEntries(
      panels.map(({ cost, front, tiles }) => [cost.name, { front, tiles }]),
    ),
    spec: {
      title: heading(
        `Within ${NEARLY} points of the best (${fixed(best.accuracy, 1)} %), a cell needs ${
          share("parameters")
        } % of its parameters, ${share("macs")} % of its MACs and ${share("tiles")} % of its tiles`,
        `Blue: the connected cells, darker where there are more (${
          count(CONNECTED.length - drawn.length)
        } of ${count(CONNECTED.length)} lie below ${
          ACCURACY[0]
        } %, not drawn). Orange: Pareto front; bars: ± 1 published SD over read-outs. Network with 16 channels ` +
          `and 5 cells a stage; tiles of 512 × 512 weights. Named: the best cell, and the cheapest within ` +
          `${NEARLY} points.`,
      ),
      spacing: 16,
      hconcat: panels.map(({ cost, front, tiles }, k) => panel(cost, front, tiles, most, k)),
    },
  };
}

/** The cheapest cell of a front within `NEARLY` points of its best. */
function nearlyBest(front: readonly Point[]): Point {
  const { accuracy } = front[front.length - 1];
  return front.find((point) => point.accuracy >= accuracy - NEARLY)!;
}
