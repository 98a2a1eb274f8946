/** `pareto`: accuracy after one day of drift against parameters, MACs and crossbar tiles. */
import { CONNECTED, NEARLY_POINTS, type Study, take } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { along } from "../grammar/axes.ts";
import { histogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import type { Drawn, View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { heading } from "../grammar/heading.ts";
import { dots, haloed, layer, panel, spans } from "../grammar/marks.ts";
import { ACCENT, CONTENT_WIDTH, panelTitle } from "../grammar/theme.ts";

const METRIC = "hwt@1d";
const ACCURACY = [60, 95] as const;
const SIZE = [(CONTENT_WIDTH - 130) / 3, 190] as const;

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

interface Costs {
  readonly cost: (typeof COSTS)[number];
  readonly front: readonly Point[];
  /** The most accurate cell, and the cheapest one nearly as good. */
  readonly named: readonly Point[];
  /** What the latter costs, as a share of the former. */
  readonly costShare: number;
  readonly tiles: readonly Tile[];
}

function costPanel({ cost, front, named, tiles }: Costs, most: number, k: number): View {
  const x = along(cost.name, cost.domain, { zindex: 1 });
  const axis = along(METRIC, ACCURACY, { zindex: 1 });
  const y = (field: string) => ({ ...axis(field), ...(k === 0 ? {} : { title: null }) });
  const at = { x: x("cost"), y: y("accuracy") };
  const bars = front.map(({ cost, accuracy, sd }) => ({
    cost,
    low: accuracy - sd,
    high: accuracy + sd,
  }));
  const line = { interpolate: "step-after", color: ACCENT, strokeWidth: 1.4 } as const;
  const names = named.map((point) => ({ ...point, text: point.cell }));
  return panel(panelTitle("abc"[k], cost.title), SIZE, [
    densityLayer(tiles, x("x"), y("y"), most, false),
    layer(front, { type: "line", ...line }, at),
    spans(bars, { x: at.x, y }, { color: ACCENT }),
    dots(front, { x: at.x, y }, { color: ACCENT, size: 20 }, "accuracy"),
    ...haloed(names, at, 3, { fontSize: 9, dy: -13 }),
  ]);
}

export function pareto({ benchmark, best, features, pareto }: Study): Drawn {
  const accuracy = benchmark.accuracy(METRIC), sd = benchmark.sd(METRIC)!;
  const drawn = CONNECTED.filter((i) => accuracy[i] >= ACCURACY[0]);
  const panels = COSTS.map((cost): Costs => {
    const scaled = features[cost.name].map((value) => value / cost.per);
    const point = (i: number): Point => ({
      ...{ cell: cellText(cellAt(i)), cost: scaled[i], accuracy: accuracy[i], sd: sd[i] },
    });
    const { cells, nearlyBest, costShare } = pareto(cost.name);
    const front = Array.from(cells, point), named = [front[front.length - 1], point(nearlyBest)];
    const [xs, ys] = [take(scaled, drawn), take(accuracy, drawn)];
    const tiles = histogram2d(xs, ys, cost.domain, ACCURACY, 50);
    return { cost, front, named, costShare, tiles };
  });
  const most = mostCells(...panels.map(({ tiles }) => tiles));
  const [parameters, macs, tiles] = panels.map(({ costShare }) => fixed(100 * costShare, 0));
  return {
    numbers: Object.fromEntries(
      panels.map(({ cost, front, tiles }) => [cost.name, { front, tiles }]),
    ),
    alt: "Three heat maps of accuracy after a day against parameters, MACs and crossbar tiles, " +
      "with the Pareto front as a stepped line and two cells named.",
    spec: {
      title: heading(
        `Within ${NEARLY_POINTS} points of the best (${
          fixed(best(METRIC).accuracy_pct, 1)
        } %), a cell needs ${parameters} % of its ` +
          `parameters, ${macs} % of its MACs and ${tiles} % of its tiles`,
        `Blue: the connected cells, darker where there are more`,
        `(${count(CONNECTED.length - drawn.length)} of ${count(CONNECTED.length)} lie below`,
        `${
          ACCURACY[0]
        } %, not drawn). Orange: Pareto front; bars: ± 1 published SD over read-outs.`,
        `Network with 16 channels and 5 cells a stage; tiles of 512 × 512 weights. Named: the best`,
        `cell, and the cheapest within ${NEARLY_POINTS} points.`,
      ),
      spacing: 16,
      hconcat: panels.map((costs, k) => costPanel(costs, most, k)),
    },
  };
}
