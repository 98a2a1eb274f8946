/** `pareto`: accuracy after one day of drift against parameters, MACs, crossbar tiles and energy on a chip. */
import { CONNECTED, NEARLY_POINTS, type Study, take } from "../../analyse/mod.ts";
import { cellAt, cellText } from "../../space/mod.ts";
import { along, logarithmic } from "../grammar/axes.ts";
import { histogram2d, logHistogram2d } from "../grammar/binning.ts";
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

/** Connected cells within the axes. */
const within = (accuracy: Float64Array) => CONNECTED.filter((i) => accuracy[i] >= ACCURACY[0]);

/** Each cost's density of cells, its front, and the best cell and the cheapest nearly as good. */
function costs({ benchmark, energyFront, energy, features, pareto }: Study) {
  const accuracy = benchmark.accuracy(METRIC), sd = benchmark.sd(METRIC)!;
  const drawn = within(accuracy);
  /** Cells at their cost, with the published SD over the 25 read-outs. */
  const points = (cells: ArrayLike<number>, cost: Float64Array) =>
    Array.from(cells, (i) => ({
      ...{ cell: cellText(cellAt(i)), cost: cost[i], accuracy: accuracy[i], sd: sd[i] },
    }));
  return COSTS.map((cost) => {
    const { name, per, domain, log } = cost, scaled = features[name].map((value) => value / per);
    const { cells, nearlyBest, costShare } = pareto(name);
    const front = points(cells, scaled), named = [front.at(-1)!, ...points([nearlyBest], scaled)];
    const [xs, ys] = [take(scaled, drawn), take(accuracy, drawn)];
    const tiles = (log ? logHistogram2d : histogram2d)(xs, ys, domain, ACCURACY, 50);
    // Fronts under other constants of the chip, each with the point below which its name stands by `dy` px.
    const others = name !== "energy_uJ" ? [] : (["low", "high"] as const).map((level) => {
      const front = points(energyFront(level).cells, energy(level));
      const end = level === "low" ? { ...front[0], dy: 10 } : { ...front.at(-1)!, dy: -6 };
      return { ...end, text: `all ${level}`, front };
    });
    return { cost, front, named, costShare, tiles, others };
  });
}

function costPanel(
  { cost, front, named, tiles, others }: ReturnType<typeof costs>[number],
  most: number,
  k: number,
): View {
  const x = cost.log
    ? logarithmic(cost.name, cost.domain, { zindex: 1, values: [1, 10, 100] })
    : along(cost.name, cost.domain, { zindex: 1 });
  const y = along(METRIC, ACCURACY, { zindex: 1, ...(k % 2 === 0 ? {} : { title: null }) });
  const at = { x: x("cost"), y: y("accuracy") };
  const bars = front.map(({ cost, accuracy: mean, sd }) => ({
    cost,
    low: mean - sd,
    high: mean + sd,
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

export function pareto(study: Study) {
  const drawn = within(study.benchmark.accuracy(METRIC)), panels = costs(study);
  const top = study.best(METRIC).accuracy_pct;
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
    finding: `Within ${NEARLY_POINTS} points of the best (${fixed(top, 1)} %), ` +
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
