/** Every number in a figure's title, computed once more from the numbers that the figure draws. */
import assert from "node:assert/strict";
import { FIGURE_IDS, type FigureId } from "@/figure/mod.ts";

interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
/** What the figures' JSON holds, as far as titles need it. */
interface Effect {
  readonly setting: string;
  readonly value: number | string;
  readonly metric: string;
  readonly change: Interval;
}
interface Step {
  readonly value: number;
  readonly mean: number;
}
interface Drawn {
  readonly [name: string]: unknown;
}

const to = (digits: number) => (value: number) => value.toFixed(digits).replace("-", "−");
const [whole, tenth, hundredth] = [0, 1, 2].map(to);
const signed = (value: number) => (value > 0 ? "+" : "") + tenth(value);
const of = <T>(rows: readonly T[], key: keyof T, value: unknown) => {
  const found = rows.find((row) => row[key] === value);
  assert.ok(found !== undefined, `${String(key)} ${value}`);
  return found;
};
const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const last = <T>(rows: readonly T[]) => rows[rows.length - 1];
const largest = <T>(rows: readonly T[], size: (row: T) => number) =>
  rows.toSorted((a, b) => size(b) - size(a))[0];

/** The numbers that each title should say, in order. */
const SAID: Readonly<Record<FigureId, (drawn: Drawn) => readonly string[]>> = {
  search_space({ counts }) {
    const [all, , , distinct] = counts as { cells: number }[];
    return [all, distinct].map(({ cells }) => cells.toLocaleString("en"));
  },
  accuracy_distributions({ conditions }) {
    const rows = conditions as { condition: string; median: number }[];
    return ["baseline", "noisy", "hwt"].map((c) => tenth(of(rows, "condition", c).median));
  },
  hwt_gap({ conditions }) {
    const rows = conditions as { condition: string; median: number }[];
    return ["noisy", "hwt"].map((c) => tenth(of(rows, "condition", c).median));
  },
  rank_correlation({ pairs, diagonal }) {
    const all = pairs as { row: string; column: string; tau: number }[];
    const tau = (a: string, b: string) =>
      all.find(({ row, column }) => row === a && column === b)!.tau;
    const again = of(diagonal as typeof all, "row", "HWT, 1 day").tau;
    const [digital, analog] = [tau("PTQ", "Baseline"), tau("HWT, 1 day", "PTQ")];
    return [hundredth(digital), "1", hundredth(analog), hundredth(again)];
  },
  quantization_vs_analog({ top_100 }) {
    const { ptq } = top_100 as Record<string, Record<string, number>>;
    return ["100", `${ptq["hwt@1d"]}`, "100", "1", `${ptq["noisy@1d"]}`];
  },
  drift_curves({ drift_drop }) {
    const { noisy, hwt } = drift_drop as Record<string, { median: number }>;
    return ["1", "30", tenth(noisy.median), tenth(hwt.median)];
  },
  drift_by_skip({ swaps }) {
    const all = swaps as { outcome: string; other: string; mean: Interval; p_holm: number }[];
    const range = (other: string) => {
      const clear = all.filter((swap) =>
        swap.outcome === "drift_drop.hwt" && swap.other === other && swap.p_holm < 0.05
      ).map(({ mean }) => Math.abs(mean.estimate));
      return [`${clear.length}`, "6", tenth(Math.min(...clear)), tenth(Math.max(...clear))];
    };
    return [...range("avg_pool_3x3"), "3", "3", ...range("nor_conv_3x3")];
  },
  operation_composition({ shares }) {
    const all = shares as { group: string; edge: number; operation: string; share: Interval }[];
    const pairs = all.filter(({ group }) => group === "robust").map((robust) => ({
      robust,
      fragile: all.find(({ group, edge, operation }) =>
        group === "fragile" && edge === robust.edge && operation === robust.operation
      )!,
    }));
    const { robust, fragile } = largest(
      pairs,
      ({ robust, fragile }) => Math.abs(robust.share.estimate - fragile.share.estimate),
    );
    const nodes = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]][robust.edge].map(String);
    const size = robust.operation.match(/\d/g)!;
    return [...nodes, ...size, ...[robust, fragile].map((row) => whole(100 * row.share.estimate))];
  },
  operation_effects({ effects }) {
    const all = effects as { outcome: string; operation: string; effect: Interval }[];
    const mean = (outcome: string, operation: string) =>
      signed(average(
        all.filter((e) => e.outcome === outcome && e.operation === operation)
          .map(({ effect }) => effect.estimate),
      ));
    const both = (outcome: string) =>
      ["nor_conv_3x3", "nor_conv_1x1"].map((operation) => mean(outcome, operation));
    const [large, small] = both("noisy");
    return ["3", "3", large, "1", "1", small, ...both("baseline")];
  },
  linear_paths({ groups }) {
    const all = groups as { linear_paths: number; collapsed: Interval }[];
    const fewer = all.filter((group) => group.linear_paths < 2);
    return [
      whole(100 * of(all, "linear_paths", 2).collapsed.estimate),
      tenth(100 * Math.max(...fewer.map(({ collapsed }) => collapsed.estimate))),
    ];
  },
  width_and_depth({ width, depth }) {
    return [width, depth].flatMap((feature) => {
      const steps = (feature as Record<string, readonly Step[]>)["hwt_gap@1d"];
      const [first, end] = [steps[0], last(steps)];
      return [`${first.value}`, `${end.value}`, tenth(first.mean), tenth(end.mean)];
    });
  },
  node_degree({ output_in_degree, ...features }) {
    const steps = (output_in_degree as Record<string, readonly Step[]>)["hwt@1d"];
    const [few, many] = [steps[0], last(steps)];
    const spans = [output_in_degree, ...Object.values(features)].flatMap((feature) => {
      const means = (feature as Record<string, readonly Step[]>)["hwt_gap@1d"]?.map((s) => s.mean);
      return means === undefined ? [] : [Math.max(...means) - Math.min(...means)];
    });
    assert.equal(spans.length, 4);
    return [
      ...["1", `${many.value}`, tenth(many.mean), `${few.value}`, tenth(few.mean)],
      tenth(Math.max(...spans)),
    ];
  },
  best_cells({ cells }) {
    const all = cells as { best_by: string[]; accuracy: Record<string, number> }[];
    const after = (metric: string) =>
      tenth(all.find(({ best_by }) => best_by.includes(metric))!.accuracy["hwt@1d"]);
    const metrics = all.flatMap(({ best_by }) => best_by).length;
    return [`${all.length}`, `${metrics}`, "1", after("baseline"), after("hwt@1d")];
  },
  pareto({ parameters, macs, tiles, energy_uJ }) {
    const fronts = [parameters, macs, tiles, energy_uJ].map((cost) =>
      (cost as { front: { cost: number; accuracy: number }[] }).front
    );
    const best = Math.max(...fronts[0].map(({ accuracy }) => accuracy));
    const shares = fronts.map((front) => {
      const near = front.filter(({ accuracy }) => accuracy >= best - 2).map(({ cost }) => cost);
      return whole(100 * Math.min(...near) / of(front, "accuracy", best).cost);
    });
    return ["2", tenth(best), ...shares];
  },
  noise_floor({ floors }) {
    const floor = of(
      floors as {
        metric: string;
        sd_pct: Interval;
        typical_sd_pct: number;
        published_sd_pct: number;
      }[],
      "metric",
      "hwt@1d",
    );
    const [sd, typical] = [floor.sd_pct.estimate, floor.typical_sd_pct].map(tenth);
    return [sd, typical, "1", tenth(floor.published_sd_pct)];
  },
  search_comparison({ curves, exact, best, guides }) {
    type Point = { query: number; mean: number };
    const all = curves as { method: string; points: Point[] }[];
    // Queries are drawn at logarithmic steps; the title reads at 100, between two of them.
    const at = (points: readonly Point[]) => {
      const above = points.findIndex(({ query }) => query >= 100);
      const [a, b] = [points[above - 1], points[above]];
      return a.mean + (b.mean - a.mean) * (100 - a.query) / (b.query - a.query);
    };
    const rows = guides as { guide: string; label: string; mean: number }[];
    const gains = rows.filter(({ guide }) => guide === "HWT").map(({ label, mean }) =>
      mean - rows.find((row) => row.guide === "Baseline" && row.label === label)!.mean
    );
    const found = at(of(all, "method", best).points), chance = at(exact as Point[]);
    return [
      ...["100", "10", tenth(found), tenth(chance)],
      ...[tenth(Math.min(...gains)), tenth(Math.max(...gains))],
    ];
  },
  replication({ n, agreements }) {
    const { tau, ceiling } = of(
      agreements as { metric: string; tau: Interval; ceiling: number }[],
      "metric",
      "hwt@30d",
    );
    return [`${n}`, "30", ...[tau.estimate, tau.low, tau.high, ceiling].map(hundredth)];
  },
  scale({ levels }) {
    type At = { scale: string; direction: string | null }[];
    const all = levels as { at: At }[], sizes = { longer: "3", deeper: "3", wider: "2" };
    const drawn = all[0].at.map(({ scale }) => scale);
    const shown = Object.entries(sizes).filter(([scale]) => drawn.includes(scale));
    return shown.flatMap(([scale, size], k) => {
      const [nearer, away] = ["nearer", "farther"].map((way) =>
        all.filter(({ at }) => of(at, "scale", scale).direction === way).length
      );
      return [
        ...[size, `${nearer}`, ...(k === 0 ? [`${all.length}`] : [])],
        ...(away === 0 ? [] : [`${away}`]),
      ];
    });
  },
  ablation({ effects }) {
    const change = (setting: string, value: number | string) =>
      signed(
        (effects as Effect[]).find((e) =>
          e.metric === "hwt@1d" && e.setting === setting && e.value === value
        )!.change.estimate,
      );
    return [
      ...["1", change("drift_compensation", "none"), change("adc_bits", 6), "6", "8"],
      change("read_noise", 2),
    ];
  },
  generality({ effects }) {
    const own = (effects as { source: string; state: string; verdict: string | null }[])
      .filter(({ source, state }) => source !== "published" && state !== "not asked");
    const measured = own.filter(({ verdict }) => verdict !== null);
    const count = (word: string) => `${measured.filter(({ verdict }) => verdict === word).length}`;
    const words = ["agrees", "opposite", "neutral", "open"].map(count);
    return [`${own.length}`, `${measured.length}`, ...words];
  },
  protocols({ effects }) {
    const drawn = (effects as Effect[]).filter(({ setting, metric }) =>
      !["default", "all"].includes(setting) &&
      ["baseline", "ptq", "noisy@1d", "hwt@1d"].includes(metric)
    );
    const size = ({ change }: Effect) => Math.abs(change.estimate);
    const clear = ({ change }: Effect) => change.low > 0 || change.high < 0;
    const first = largest(drawn, size);
    const named = clear(first) ? [first] : [first, largest(drawn.filter(clear), size)];
    return named.flatMap(({ metric, setting, change: { estimate, low, high } }, k) => [
      ...(k === 1 ? ["0"] : []),
      ...(metric.includes("@") ? ["1"] : []),
      ...[signed(estimate), tenth(low), tenth(high)],
      ...(setting === "validationImages" ? ["5,000"] : []),
    ]);
  },
  memories({ memories }) {
    const curves = (memories as {
      device: string;
      curves: { curve: string; share_pct: number[] }[];
    }[]).map(({ curves }) => of(curves, "curve", "programming").share_pct);
    const most = curves.map((share) => Math.max(...share));
    assert.equal(curves.filter(([bottom]) => bottom < 0.05).length, 1, "SONOS alone");
    return [Math.min(...most), Math.max(...most)].map(tenth);
  },
  simulators({ agreements }) {
    type Pair = { tau: Interval; ceiling: number; cells: number };
    const all = agreements as {
      device: string;
      condition: string;
      aihwkit: Pair | null;
      own: Pair;
    }[];
    const pairsOf = (condition: string) =>
      all.filter((a) => a.device !== "pcm" && a.condition === condition)
        .map(({ aihwkit, own }) => aihwkit && 2 * aihwkit.cells >= own.cells ? aihwkit : own);
    const ends = (pairs: readonly Pair[]) => {
      const taus = pairs.map(({ tau }) => tau.estimate);
      return [...new Set([Math.min(...taus), Math.max(...taus)].map(hundredth))];
    };
    const [hwt, noisy] = [pairsOf("hwt"), pairsOf("noisy")], both = [...hwt, ...noisy];
    const below = both.filter(({ tau, ceiling }) => tau.high < ceiling).length;
    return [...ends(hwt), ...ends(noisy), `${below}`, `${both.length}`];
  },
  hardware_anchor({ chip, runs }) {
    type Run = {
      epochs: number;
      measured: { readings: { accuracy: Interval; loss: Interval | null }[] } | null;
    };
    const { programmed_pct, lowestOverADay_pct } = chip as Record<string, number>;
    const ofChip = [programmed_pct - lowestOverADay_pct, programmed_pct].map(tenth);
    const done = (runs as Run[]).filter(({ measured }) => measured !== null);
    if (done.length === 0) return ofChip;
    const { readings } = largest(done, ({ epochs }) => epochs).measured!;
    const { estimate, low, high } = last(readings).loss!;
    const said = [readings[0].accuracy.estimate, estimate, low, high].map(tenth);
    return [...said.map((text) => text.replace("−0.0", "0.0")), "1", ...ofChip];
  },
};

for (const id of FIGURE_IDS) {
  Deno.test(`${id}: the title says what is drawn`, async () => {
    const { title, alt, ...drawn } = JSON.parse(await Deno.readTextFile(`figures/${id}.json`));
    const said = title.match(/(?:(?<![\d)])[−+])?\d+(?:,\d{3})*(?:\.\d+)?/g);
    assert.deepEqual(said, [...SAID[id](drawn)], title);
    assert.ok(alt.length > 60 && alt.length < 400 && alt.endsWith("."), alt);
  });
}

Deno.test("protocols: every interval is drawn, but those of tau that a few cells do not give", async () => {
  const { effects } = JSON.parse(await Deno.readTextFile("figures/protocols.json"));
  const drawn = (effects as (Effect & { sdChange: Interval | null; tau: Interval | null })[])
    .filter(({ setting, metric, change }) =>
      !["default", "hwtEpochs"].includes(setting) && // the latter is no oddity of the script
      ["baseline", "ptq", "noisy@1d", "hwt@1d"].includes(metric) &&
      (change.estimate !== 0 || change.low !== 0 || change.high !== 0)
    );
  const lines = drawn.length + drawn.filter(({ sdChange }) => sdChange !== null).length +
    drawn.filter(({ tau }) => tau !== null && tau.high - tau.low < 2).length;
  const svg = await Deno.readTextFile("figures/protocols.svg");
  const references = 3; // of no effect, one a panel
  assert.equal(svg.match(/aria-roledescription="rule mark"/g)?.length, lines + references);
});
