/** `pareto`: accuracy after one day of drift against parameters, MACs, crossbar tiles and energy on a chip. */
import { CONNECTED, NEARLY_POINTS, type Study, take } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { along, logarithmic } from "../grammar/axes.ts";
import { histogram2d, logHistogram2d, type Tile } from "../grammar/binning.ts";
import { densityLayer, mostCells } from "../grammar/density.ts";
import { below, beside, figure, type View } from "../grammar/figure.ts";
import { count, fixed } from "../grammar/format.ts";
import { dots, haloed, layer, panel, spans } from "../grammar/marks.ts";
import { ACCENT, CONTENT_WIDTH, MUTED, panelTitle } from "../grammar/theme.ts";

const METRIC = "hwt@1d";
const ACCURACY = [60, 95] as const;
const SIZE = [(CONTENT_WIDTH - 110) / 2, 160] as const;

/** Each cost, divided by what makes its axis readable; a spread over decades has a logarithmic one. */
const COSTS = [
  { name: "parameters", title: "Parameters", per: 1e6, domain: [0, 1.6], log: false },
  { name: "macs", title: "MACs", per: 1e6, domain: [0, 230], log: false },
  { name: "tiles", title: "Crossbar tiles", per: 1, domain: [0, 160], log: false },
  { name: "energy_uJ", title: "Energy on a chip, a model", per: 1, domain: [1, 600], log: true },
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
  /** Fronts under other constants of the chip, each with the point below which its name stands by `dy` px. */
  readonly others: readonly (Point & { text: string; dy: number; front: readonly Point[] })[];
}

function costPanel({ cost, front, named, tiles, others }: Costs, most: number, k: number): View {
  const x = cost.log
    ? (field: string) =>
      logarithmic(field, cost.name, cost.domain, { zindex: 1, values: [1, 10, 100] })
    : along(cost.name, cost.domain, { zindex: 1 });
  const y = along(METRIC, ACCURACY, { zindex: 1, ...(k % 2 === 0 ? {} : { title: null }) });
  const at = { x: x("cost"), y: y("accuracy") };
  const bars = front.map(({ cost, accuracy, sd }) => ({
    cost,
    low: accuracy - sd,
    high: accuracy + sd,
  }));
  const line = { interpolate: "step-after", color: ACCENT, strokeWidth: 1.4 } as const;
  const names = named.map((point) => ({ ...point, text: point.cell }));
  return panel(panelTitle("abcd"[k], cost.title), SIZE, [
    densityLayer(tiles, x("x"), y("y"), most, false),
    ...others.flatMap(({ front, dy, ...point }) => [
      layer(front, { type: "line", ...line, color: MUTED, strokeWidth: 0.9 }, at),
      ...haloed([point], at, 3, { color: MUTED, fontSize: 9, dy }),
    ]),
    layer(front, { type: "line", ...line }, at),
    spans(bars, { x: at.x, y }, { color: ACCENT }),
    dots(front, { x: at.x, y }, { color: ACCENT, size: 20 }, "accuracy"),
    ...haloed(names, at, 3, { fontSize: 9, dy: -13 }),
  ]);
}

export function pareto({ benchmark, best, energyFront, energy, features, pareto }: Study) {
  const accuracy = benchmark.accuracy(METRIC), sd = benchmark.sd(METRIC)!;
  const drawn = CONNECTED.filter((i) => accuracy[i] >= ACCURACY[0]);
  const panels = COSTS.map((cost): Costs => {
    const scaled = features[cost.name].map((value) => value / cost.per);
    const pointOf = (costs: Float64Array) => (i: number): Point => ({
      ...{ cell: cellText(cellAt(i)), cost: costs[i], accuracy: accuracy[i], sd: sd[i] },
    });
    const point = pointOf(scaled);
    const { cells, nearlyBest, costShare } = pareto(cost.name);
    const front = Array.from(cells, point), named = [front[front.length - 1], point(nearlyBest)];
    const [xs, ys] = [take(scaled, drawn), take(accuracy, drawn)];
    const tiles = (cost.log ? logHistogram2d : histogram2d)(xs, ys, cost.domain, ACCURACY, 50);
    const others = cost.name !== "energy_uJ" ? [] : (["low", "high"] as const).map((level) => {
      const front = Array.from(energyFront(level).cells, pointOf(energy(level)));
      const end = level === "low"
        ? { ...front[0], dy: 10 }
        : { ...front[front.length - 1], dy: -6 };
      return { ...end, text: `all ${level}`, front };
    });
    return { cost, front, named, costShare, tiles, others };
  });
  const most = mostCells(...panels.map(({ tiles }) => tiles));
  const views = panels.map((costs, k) => costPanel(costs, most, k));
  const [parameters, macs, tiles, uJ] = panels.map(({ costShare }) => fixed(100 * costShare, 0));
  return figure({
    numbers: Object.fromEntries(
      panels.map(({ cost, front, tiles, others }) => [
        cost.name,
        { front, tiles, ...Object.fromEntries(others.map(({ text, front }) => [text, front])) },
      ]),
    ),
    alt: "Four heat maps of accuracy after a day against parameters, MACs, crossbar tiles and " +
      "energy on a chip, each with the Pareto front as a stepped line and two cells named; beside " +
      "the front of energy those with all constants of the chip low, and high.",
    finding:
      `Within ${NEARLY_POINTS} points of the best (${fixed(best(METRIC).accuracy_pct, 1)} %), ` +
      `parameters, MACs, tiles and energy fall to ${parameters}, ${macs}, ${tiles} and ${uJ} %`,
    reading: [
      `Blue: the connected cells, darker where there are more`,
      `(${count(CONNECTED.length - drawn.length)} of ${count(CONNECTED.length)} lie below`,
      `${ACCURACY[0]} %, not drawn). Orange: Pareto front; bars: ± 1 published SD over`,
      `read-outs. Network with 16 channels and 5 cells a stage; tiles of 512 × 512 weights. Named: the best`,
      `cell, and the cheapest within ${NEARLY_POINTS} points. (d) is a model, not a measurement:`,
      `counts times figures of published chips, typical ones; grey: fronts with all of them low or high.`,
    ],
    view: below(14, beside(16, ...views.slice(0, 2)), beside(16, ...views.slice(2))),
  });
}
