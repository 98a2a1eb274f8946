/**
 * Each number once: a quantity has the same digits in every figure, in the values and in the outputs of all
 * notebooks, and so has its interval. Which number of a figure is which value is declared here; whatever
 * interval is not declared fails, so that a new one has to be placed.
 */
import assert from "node:assert/strict";
import { fixed } from "@/figure/mod.ts";
import { allNotebooks, codeCells, readNotebook } from "@/notebook/mod.ts";
import { metricText } from "@/table/mod.ts";

/** An estimate with its 95 % interval. */
interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

// deno-lint-ignore no-explicit-any -- the numbers of a figure, as they come out of its file
type Json = any;
/** A value's key, and the number or interval that a figure gives for it; null where it gives none. */
type Placed = readonly [key: string, number | string | Interval | null];

const values: Readonly<Record<string, number | string>> = JSON.parse(
  await Deno.readTextFile("paper/values.json"),
);

/** Means and medians of a figure's summary, under the names that values give them. */
const summary = (of: string, isMetric: boolean, { mean, median }: Json): Placed[] =>
  isMetric
    ? [[`mean.${of}`, mean], [`median.${of}`, median]]
    : [[`${of}.mean`, mean], [`${of}.median`, median]];

const settingEffect = (key: string, effect: Json): Placed[] => [
  [key, effect.mean_pct],
  [`${key}.change`, effect.change],
  [`${key}.sd`, effect.sd_pct],
  [`${key}.tau`, effect.tau],
  [`${key}.n`, effect.cells],
];

const published = (effects: Json, finding: string): Interval =>
  effects.find((e: Json) => e.finding === finding && e.source === "published").effect;

/** What each figure says of which value. */
const PLACED: Readonly<Record<string, (json: Json) => Placed[]>> = {
  accuracy_distributions: ({ conditions }) =>
    conditions.flatMap((c: Json) => summary(c.condition, true, c)),
  hwt_gap: ({ conditions }) => summary("hwt_gap", false, conditions[1]),
  rank_correlation: ({ diagonal }) =>
    METRICS.flatMap((metric, k): Placed[] => {
      const { tau, low, high, ceiling } = diagonal[k];
      return [
        [`retest.${metric}`, { estimate: tau, low, high }],
        [`ceiling.${metric}`, ceiling],
      ];
    }),
  quantization_vs_analog: ({ maps, top_100 }) => [
    ...maps.map(({ x, y, tau }: Json) => [`kendall.${x}~${y}`, tau]),
    ...Object.entries(top_100).flatMap(([metric, targets]) => {
      const shared = (targets as Json)["hwt@1d"];
      return [[`topk.${metric}.100`, shared], [`overlap.${metric}~hwt@1d.100`, shared]];
    }),
  ],
  drift_curves: ({ conditions, drift_drop }) => [
    ...conditions.flatMap(({ condition, points }: Json) =>
      points.flatMap((p: Json, k: number) => summary(`${condition}@${TIMES[k]}`, true, p))
    ),
    ...Object.entries(drift_drop).flatMap(([c, s]) => summary(`drift_drop.${c}`, false, s)),
  ],
  drift_by_skip: ({ swaps }) =>
    swaps.flatMap(({ outcome, other, edge, n, mean, p_holm }: Json) => {
      const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
      return [[key, mean], [`${key}.n`, n], [`${key}.p_holm`, p_holm]];
    }),
  operation_effects: ({ variance }) =>
    variance.flatMap(({ outcome, shares }: Json) =>
      shares.map((share: number, k: number) => [`anova.${outcome}.order${k + 1}`, share])
    ),
  best_cells: ({ cells }) =>
    cells.flatMap(({ cell, best_by, accuracy }: Json) =>
      best_by.flatMap((metric: string) => [
        [`best.${metric}.cell`, cell],
        [`best.${metric}`, accuracy[metric]],
      ])
    ),
  noise_floor: ({ floors, retests }) => [
    ...floors.flatMap((floor: Json) => [
      [`noise_floor.${floor.metric}`, floor.sd_pct],
      [`noise_floor.${floor.metric}.typical`, floor.typical_sd_pct],
      [`published_sd.${floor.metric}`, floor.published_sd_pct],
    ]),
    ...retests.flatMap(({ metric, tau, ceiling }: Json) => [
      [`retest.${metric}`, tau],
      [`ceiling.${metric}`, ceiling],
    ]),
  ],
  linear_paths: ({ groups, contrast, predictorGains, collapse }) => [
    ...groups.flatMap(({ linear_paths, cells, collapsed, median }: Json) => {
      const key = `linear_paths.${linear_paths}`;
      return [
        [`${key}.able`, cells],
        [`${key}.collapsed`, collapsed],
        ...Object.entries(median).map(([outcome, level]) => [`${key}.median.${outcome}`, level]),
      ];
    }),
    ...contrast.map(({ outcome, mean }: Json) => [`linear_paths.contrast.${outcome}`, mean]),
    ...predictorGains.flatMap(({ metric, training_cells, twelve, with_paths, gain }: Json) =>
      Object.entries({ twelve, with_paths, gain })
        .map(([name, tau]) => [`predictor.${metric}.${training_cells}.${name}`, tau])
    ),
    ["collapse.pairs", collapse.pairs],
    ["collapse.clipped_difference", collapse.clipped_difference],
    ["collapse.regained_difference", collapse.regained_difference],
    ...["two", "one"].flatMap((paths): Placed[] => [
      [`collapse.${paths}.kept.fixed`, collapse.kept[paths].fixed],
      [`collapse.${paths}.kept.calibrated`, collapse.kept[paths].calibrated],
      [`collapse.${paths}.clipped`, collapse.clipped[paths]],
      [`collapse.${paths}.largest_rms`, collapse.largest_rms[paths]],
    ]),
  ],
  search_comparison: ({ curves, exact, optimum, best, level }) => [
    ["best.hwt@1d", optimum],
    ["search.best.100", best],
    ["search.best.100.level", level.join(", ")],
    ...exact.map(({ query, mean }: Json) => [`random_search.hwt@1d.${query}`, mean])
      .filter(([key]: Placed) => key in values),
    ...curves.flatMap(({ method, points }: Json) =>
      points.flatMap(({ query, ...found }: Json) => {
        const key = `search.${method}.hwt@1d.${query}`;
        return Object.entries(found).map(([name, value]) => [`${key}.${name}`, value]);
      }).filter(([key]: Placed) => key in values)
    ),
  ],
  replication: ({ n, agreements, levels, skip_effects }) => [
    ["replication.cells", n],
    ...agreements.flatMap((a: Json) => [
      [`replication.tau.${a.metric}`, a.tau],
      [`replication.ceiling.${a.metric}`, a.ceiling],
      [`replication.mean.${a.metric}`, a.measured_pct],
      [`replication.published_mean.${a.metric}`, a.published_pct],
    ]),
    ...levels.flatMap(({ outcome, measured, published }: Json) => [
      [`replication.measured.${outcome}`, measured],
      [`replication.published.${outcome}`, published],
    ]),
    ...skip_effects.flatMap(({ other, n, measured, published }: Json) => {
      const key = `replication.skip_minus.${other}.drift_drop.hwt`;
      return [[`${key}.n`, n], [`${key}.measured`, measured], [`${key}.published`, published]];
    }),
  ],
  generality: ({ counts, effects, summaries }) => [
    ...Object.entries(counts).map((
      [name, n],
    ): Placed => [`generality.counts.${name}`, n as number]),
    ...effects.filter(({ effect }: Json) => effect !== null).flatMap((e: Json): Placed[] => {
      const key = `generality.${e.finding}.${e.source}`;
      return [[key, e.effect], [`${key}.n`, e.n], [`${key}.p_reference`, e.p_reference]];
    }),
    ...summaries.filter(({ summary }: Json) => summary !== null)
      .flatMap(({ finding, summary }: Json): Placed[] => {
        const key = `generality.${finding}.spaces`;
        return [
          [key, summary.mean],
          [`${key}.prediction`, summary.prediction],
          [`${key}.i2`, summary.i2],
        ];
      }),
    // one effect of the published table has one name in either family
    ["matched.drift_drop.hwt.skip_minus.nor_conv_3x3.edge2", published(effects, "skip_conv3x3")],
    ["claims.3x3_and_skip_help.3x3_1x1_loss", published(effects, "conv3x3_conv1x1_loss")],
  ],
  scale: ({ cells, levels }) => [
    ["scale.cells", cells.length],
    ...levels.flatMap(({ outcome, at }: Json) =>
      at.flatMap(({ scale, mean, change }: Json): Placed[] => [
        [`scale.${scale}.${outcome}`, mean],
        ...(change === null ? [] : [[`scale.${scale}.${outcome}.change`, change] as Placed]),
      ])
    ),
  ],
  ablation: ({ effects }) =>
    effects.flatMap((effect: Json) => {
      const { setting, value, metric } = effect;
      return settingEffect(`ablation.${setting}.${value}.${metric}`, effect);
    }),
  protocols: ({ effects }) =>
    effects.flatMap((effect: Json) => {
      const { setting, value, metric } = effect;
      const study = setting === "all" ? "protocols.whole" : "protocols";
      return settingEffect(`${study}.${setting}.${value}.${metric}`, effect);
    }),
  hardware_anchor: ({ chip, runs }) => [
    ["anchor.weights", chip.weights],
    ["anchor.chip.loss", chip.loss_points],
    ...runs.flatMap(({ name, measured }: Json): Placed[] =>
      (measured?.readings ?? []).flatMap(({ t_inference_s, accuracy, loss }: Json) => {
        const key = `anchor.${name}.${metricText("hwt", t_inference_s)}`;
        return [[key, accuracy], ...(loss === null ? [] : [[`${key}.loss`, loss]])];
      })
    ),
  ],
  simulators: ({ cells, agreements, wires }) => [
    ...wires.flatMap(({ condition, wire_ohm, loss, cells, events }: Json): Placed[] => {
      const key = `simulators.wires.${1_000 * wire_ohm}mohm.${condition}`;
      return [[`${key}.loss`, loss], [`${key}.cells`, cells], [`${key}.events`, events]];
    }),
    ...cells.map(({ device, cells }: Json) => [`simulators.${device}.cells`, cells]),
    ...agreements.flatMap(({ device, metric, published, ...pairs }: Json): Placed[] => {
      const key = `simulators.${device}.${metric}.tau`;
      return [
        [`${key}.published`, published.tau],
        ...["aihwkit", "own"].filter((name) => pairs[name] !== null).flatMap((name): Placed[] => [
          [`${key}.${name}`, pairs[name].tau],
          [`${key}.${name}.ceiling`, pairs[name].ceiling],
        ]),
      ];
    }),
  ],
};

/** Intervals that one figure alone has, by their path: no value, and no other figure, gives them. */
const IN_ONE_PLACE = [
  /^ablation\.effects\.\d+\.sdChange$/,
  /^protocols\.effects\.\d+\.sdChange$/,
  /^operation_composition\.shares\.\d+\.share$/,
  /^operation_effects\.effects\.\d+\.effect$/,
  /^(node_degree|width_and_depth)\.[a-z_0-9]+\.hwt(_gap)?@1d\.\d+\.average$/,
];

const TIMES = ["60s", "1h", "1d", "30d"];
const METRICS = ["baseline", "ptq", "qat", "noisy", "hwt"]
  .concat(["noisy", "hwt"].flatMap((condition) => TIMES.map((time) => `${condition}@${time}`)));

const isInterval = (node: Json): node is Interval =>
  ["estimate", "low", "high"].every((name) => typeof node?.[name] === "number");

/** All intervals within a figure's numbers, at any depth, by path. */
function intervalsIn(node: Json, path: string): [string, Interval][] {
  if (typeof node !== "object" || node === null) return [];
  if (isInterval(node)) return [[path, node]];
  return Object.entries(node).flatMap(([key, child]) => intervalsIn(child, `${path}.${key}`));
}

/** How a figure's number differs from the value of its key, or null. */
function difference([key, shown]: Placed): string | null {
  if (shown === null) return null;
  const { estimate, low, high } = isInterval(shown)
    ? shown
    : { estimate: shown, low: undefined, high: undefined };
  if (values[key] !== estimate) return `${key} is ${values[key]}, drawn ${estimate}`;
  if (low === undefined || !(`${key}.ci_low` in values)) return null; // unbounded ones have no bounds there
  const bounds = [values[`${key}.ci_low`], values[`${key}.ci_high`]];
  return bounds[0] === low && bounds[1] === high
    ? null
    : `${key} is ${bounds.join(" to ")}, drawn ${low} to ${high}`;
}

const figures = new Map<string, Json>();
for (const { name } of Deno.readDirSync("figures")) {
  if (!name.endsWith(".json")) continue;
  figures.set(
    name.slice(0, -".json".length),
    JSON.parse(await Deno.readTextFile(`figures/${name}`)),
  );
}

for (const [id, json] of figures) {
  Deno.test(`${id}: what it draws is what the values say, and every interval is placed`, () => {
    const placed = PLACED[id]?.(json) ?? [];
    assert.deepEqual(placed.map(difference).filter((fault) => fault !== null), []);
    const known = new Set(placed.map(([, shown]) => shown));
    const homeless = intervalsIn(json, id)
      .filter(([path, one]) => !known.has(one) && !IN_ONE_PLACE.some((own) => own.test(path)));
    assert.deepEqual(homeless.map(([path]) => path), []);
  });
}

/** Cells of notebooks that compute an interval of their own, and why no other place has it. */
const OF_THE_NOTEBOOK: Readonly<Record<string, string>> = {
  "07 answer": "the question of its own",
  "07 doubt": "the question of its own",
  "18 answer": "a network from a file, measured for this notebook alone",
  "11 compare": "a search method of one's own, run live",
};

/** An interval as a notebook prints it. */
interface Printed {
  readonly where: string;
  readonly texts: readonly [estimate: string, low: string, high: string];
}

const NUMBER = String.raw`[+−]?[\d,]*\.\d+`;
/** "5.1 (4.0 to 6.2)", or two columns of a table. */
const PRINTED = new RegExp(
  `(${NUMBER}) \\((${NUMBER}) to (${NUMBER})\\)|\\| (${NUMBER}) \\| (${NUMBER}) to (${NUMBER}) \\|`,
  "g",
);

/** All intervals in the outputs of a notebook. */
async function printedIn(path: string): Promise<Printed[]> {
  const number = path.match(/(\d+)_/)![1];
  return codeCells(await readNotebook(path)).flatMap((cell) =>
    cell.outputs.flatMap((output) => {
      const data = (output as Json).data?.["text/markdown"];
      const text = [data ?? []].flat().join("");
      return [...text.matchAll(PRINTED)].map((m): Printed => ({
        where: `${number} ${cell.id}`,
        texts: (m[1] === undefined ? m.slice(4) : m.slice(1, 4)) as [string, string, string],
      }));
    })
  );
}

/** All intervals of values and figures, by key or path. */
function everyInterval(): (readonly [string, Interval])[] {
  const ofValues = Object.keys(values).filter((key) => key.endsWith(".ci_low")).map((lowKey) => {
    const key = lowKey.slice(0, -".ci_low".length);
    const estimate = values[key] ?? values[`${key}.effect`] ?? values[`${key}.difference`];
    return [
      key,
      { estimate, low: values[lowKey], high: values[`${key}.ci_high`] } as Interval,
    ] as const;
  });
  return [...ofValues, ...[...figures].flatMap(([id, json]) => intervalsIn(json, id))];
}

/** Where equal estimates are no sign of one quantity. */
const ALIKE_BY_CHANCE = [
  // means, orders and counts of a few cells or runs
  /^(ablation|protocols|operation_composition)\./,
  /^search\.paired\./,
  // one quantity, but its interval holds in all memories at once
  /^simulators\.\w+\.claim\./,
  // where a further space would lie: wider than the interval of the mean that it is drawn around
  /^generality\..*\.prediction$/,
];

Deno.test("an estimate has one interval, under whatever name and in whatever figure", () => {
  // 0 and 1 are no difference and the same order, of whatever
  const asked = everyInterval().filter(([path, { estimate }]) =>
    Math.abs(estimate) % 1 !== 0 && !ALIKE_BY_CHANCE.some((rule) => rule.test(path))
  );
  const same = [...Map.groupBy(asked, ([, { estimate }]) => estimate).values()]
    .filter((all) => all.length > 1);
  assert.ok(same.length > 300, `only ${same.length} estimates stand in two places`);
  // equal but for the order of sums
  const isNear = (a: number, b: number) => Math.abs(a - b) < 1e-9;
  const faults = same.filter(([[, first], ...others]) =>
    others.some(([, one]) => !isNear(one.low, first.low) || !isNear(one.high, first.high))
  );
  assert.deepEqual(
    faults.map((all) => all.map(([path, o]) => `${path}: ${o.low} to ${o.high}`)),
    [],
  );
});

Deno.test("an interval that a notebook prints is one of values or figures, to the last digit", async () => {
  const printed = (await Promise.all(allNotebooks().map(printedIn))).flat();
  assert.ok(printed.length > 200, `only ${printed.length} printed intervals found`);
  // a loss may be printed as "61 points lower"
  const known = new Set(
    everyInterval().flatMap(([, { estimate, low, high }]) =>
      [[estimate, low, high], [-estimate, -high, -low]].flatMap((one) =>
        [1, 2, 3].map((digits) => one.map((v) => fixed(v, digits)).join(" "))
      )
    ),
  );
  const faults = printed.filter(({ where, texts }) =>
    !(where in OF_THE_NOTEBOOK) && !known.has(texts.join(" ").replaceAll("+", ""))
  );
  assert.deepEqual(faults.map(({ where, texts }) => `${where}: ${texts.join(" ")}`), []);
});

/** A value by the name of its row. */
type KeyOf = (row: string) => string;
const level = (name: "mean" | "median"): KeyOf => (row) =>
  METRICS.includes(row) ? `${name}.${row}` : `${row}.${name}`;
const drop = (name: "mean" | "median"): KeyOf => (row) =>
  `drift_drop.${row === "hardware-aware" ? "hwt" : "noisy"}.${name}`;
/** The key of two metrics' tau, in the order that values have them. */
const tauWithTarget: KeyOf = (row) => {
  const [a, b] = [row, "hwt@1d"].sort((x, y) => METRICS.indexOf(x) - METRICS.indexOf(y));
  return `kendall.${a}~${b}`;
};
const columns = <T extends string | number>(of: readonly T[], name: (one: T) => string) =>
  Object.fromEntries(of.map((one) => [name(one), one]));

/** Tables of notebooks: which value stands in which column, by the name in the row's first cell. */
const TABLES: Readonly<Record<string, Readonly<Record<string, KeyOf>>>> = {
  "02 levels": { mean: level("mean"), median: level("median") },
  "02 floors": {
    "noise floor (points)": (row) => `noise_floor.${row}`,
    "typical run": (row) => `noise_floor.${row}.typical`,
  },
  "02 ceilings": {
    "re-test tau": (row) => `retest.${row}`,
    "ceiling": (row) => `ceiling.${row}`,
    "re-test tau, baseline > 90 %": (row) => `retest_above_90.${row}`,
    "ceiling, baseline > 90 %": (row) => `ceiling_above_90.${row}`,
  },
  "04 top": Object.fromEntries(
    Object.entries(columns([10, 50, 100, 500, 1000], (k) => `K = ${k}`))
      .map(([name, k]) => [name, (row: string) => `topk.${row}.${k}`]),
  ),
  "04 tau": {
    "tau with hwt@1d, all cells": tauWithTarget,
    "baseline above 90 %": (row) => `kendall_above_90.${row}`,
  },
  "05 anova": Object.fromEntries(
    Object.entries(columns([0, 1, 2, 3, 4, 5], (edge) => `edge ${edge}`))
      .map(([name, edge]) => [name, (row: string) => `anova.${row}.edge${edge}`]),
  ),
  "06 drops": { median: drop("median"), mean: drop("mean") },
  "11 methods": Object.fromEntries(
    Object.entries(columns([50, 100, 200, 500], (query) => `${query} queries`))
      .map(([name, query]) => [name, (row: string) => `search.${row}.hwt@1d.${query}.mean`]),
  ),
  "11 guides": Object.fromEntries(
    ["regularized_evolution_small", "local_search", "bananas", "gaussian_process"]
      .map((method) => [method, (row: string) => `search.guided.${method}.${row}.hwt@1d.200.mean`]),
  ),
  "15 agreements": {
    tau: (row) => `replication.tau.${row}`,
    low: (row) => `replication.tau.${row}.ci_low`,
    high: (row) => `replication.tau.${row}.ci_high`,
    ceiling: (row) => `replication.ceiling.${row}`,
  },
};

/** The table in a cell's output: its header, and its rows. */
async function tableOf(where: string): Promise<readonly (readonly string[])[]> {
  const [number, id] = where.split(" ");
  const path = allNotebooks().find((path) => path.includes(`/${number}_`))!;
  const cell = codeCells(await readNotebook(path)).find((cell) => cell.id === id)!;
  const text = [(cell.outputs[0] as Json).data["text/markdown"]].flat().join("");
  return text.split("\n").map((line: string) => line.split("|").slice(1, -1).map((c) => c.trim()));
}

for (const [where, keys] of Object.entries(TABLES)) {
  Deno.test(`notebook ${where}: the table's numbers are the values'`, async () => {
    const [header, , ...rows] = await tableOf(where);
    const faults: string[] = [];
    let compared = 0;
    for (const [column, keyOf] of Object.entries(keys)) {
      const place = header.indexOf(column);
      assert.ok(place > 0, `no column "${column}" in ${header.join(", ")}`);
      for (const row of rows) {
        const key = keyOf(row[0]), value = values[key], text = row[place];
        if (typeof value !== "number") continue; // a metric with itself, a method with shorter runs
        const digits = text.split(".")[1]?.length ?? 0;
        compared++;
        if (fixed(value, digits) !== text.replaceAll(",", "")) {
          faults.push(`${key} is ${value}: ${text}`);
        }
      }
    }
    assert.ok(compared > 1, `only ${compared} numbers`);
    assert.deepEqual(faults, []);
  });
}
