import assert from "node:assert/strict";
import {
  agreement,
  bothProtocols,
  cellFeatures,
  type ClaimId,
  disagreement,
  levelPairs,
  type Replicated,
  replicated,
  replicatedClaims,
  settingEffects,
  skipPairs,
  studyOf,
} from "@/analyse/mod.ts";
import { EXPRESSIONS } from "@/analyse/table/features.ts";
import { prng } from "@/random.ts";
import { type Cell, cellIndex } from "@/space/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { type Metric, PUBLISHED_METRICS } from "@/table/schema.ts";
import { cellRow } from "../../cell_row.ts";
import { OF_FIVE, OF_SIX } from "../expressions.ts";

const published = await loadReference();
const study = studyOf({ benchmark: published });

/** Rows of cells whose accuracy is `value(cell, metric)`. */
const rowsOf = (cells: readonly number[], value: (cell: number, metric: Metric) => number) =>
  cells.flatMap((cell) =>
    PUBLISHED_METRICS.map((metric) => cellRow(cell, metric, value(cell, metric)))
  );

Deno.test("a metric beyond the published ones does not drop a cell", () => {
  const rows = [
    ...rowsOf([7_611], () => 50),
    cellRow(7_611, "hwt@1y", 40),
    cellRow(7_611, "pruned", 30),
  ];
  assert.deepEqual([...replicated(rows, published).cells], [7_611]);
});

Deno.test("seeds are averaged, incomplete cells and other protocols left out", () => {
  const rows = [
    ...rowsOf([7_611], () => 60),
    ...PUBLISHED_METRICS.map((metric) => cellRow(7_611, metric, 64, { seed: 1 })),
    cellRow(5_000, "baseline", 70), // has one metric only
    ...PUBLISHED_METRICS.map((metric) => cellRow(6_307, metric, 50, { protocol: "corrected" })),
  ];
  const data = replicated(rows, published);
  assert.deepEqual([...data.cells], [7_611]);
  assert.equal(data.measured.hwt[0], 62);
  assert.equal(data.published.hwt[0], published.accuracy("hwt")[7_611]);
  assert.equal(data.seededCells, 1);
  assert.ok(Math.abs(data.seedSd_pct.hwt! - Math.sqrt(8)) < 1e-12, "SD of 60 and 64, n - 1");
});

Deno.test("agreement is 1 with the published table itself and -1 with its opposite", () => {
  const cells = Array.from({ length: 40 }, (_, k) => 311 * k + 7_000 % 311 + 600);
  const same = (sign: number) =>
    replicated(rowsOf(cells, (cell, m) => 50 + sign * published.accuracy(m)[cell] / 2), published);
  for (const [sign, tau] of [[1, 1], [-1, -1]]) {
    for (const a of agreement(same(sign), study.benchmark, prng(0, "test"))) {
      assert.equal(a.tau.estimate, tau, a.metric);
      assert.ok(Math.abs(a.tau.low - tau) < 0.02 && Math.abs(a.tau.high - tau) < 0.02);
      assert.ok(a.ceiling > 0.3 && a.ceiling < 1, `${a.metric}: noise leaves ${a.ceiling}`);
    }
  }
  const few = replicated(rowsOf(cells.slice(0, 3), (cell) => cell / 200), published);
  const [{ tau }] = agreement(few, study.benchmark, prng(0, "test"));
  assert.deepEqual([tau.low, tau.high], [-1, 1], "three cells say nothing");
  assert.throws(
    () => agreement(replicated([], published), study.benchmark, prng(0, "test")),
    RangeError,
  );
});

Deno.test("matched pairs: the drop with skip less that with each other operation, by hand", () => {
  const base = 10_076; // (3,1,0,3,0,1): edge 2 counts 125 a step
  const cells = [0, 1, 2, 3, 4].map((operation) => base + 125 * operation);
  const drop = (cell: number) => (cell - base) / 125 * 2; // 0, 2, 4, 6, 8
  const rows = rowsOf(
    cells,
    (cell, m) => m === "hwt@60s" ? 80 : m === "hwt@30d" ? 80 - drop(cell) : 70,
  );
  const pairs = skipPairs(replicated(rows, published), "drift_drop.hwt");
  assert.deepEqual(pairs.map(({ other, measured }) => [other, measured]), [
    ["none", -2],
    ["nor_conv_3x3", -4],
    ["nor_conv_1x1", -6],
    ["avg_pool_3x3", -8],
  ]);
  assert.ok(pairs.every(({ edge, cell_index }) => edge === 2 && cell_index === base));
  const drops = (cell: number) =>
    published.accuracy("hwt@60s")[cell] - published.accuracy("hwt@30d")[cell];
  assert.equal(pairs[0].published, drops(cells[0]) - drops(cells[1]));
  const incomplete = replicated(rows.filter((r) => r.cell_index !== cells[4]), published);
  assert.deepEqual(skipPairs(incomplete, "drift_drop.hwt"), []);
});

const own = (data: Replicated, id: ClaimId) => {
  return replicatedClaims([study.claim(id)], data)[0];
};

Deno.test("a second verdict on HWT: clear, opposite, open, and too few cells", () => {
  const cells = Array.from({ length: 10 }, (_, k) => 9_000 + 17 * k);
  const measured = (n: number, hwt: (cell: number) => number) =>
    replicated(
      rowsOf(
        cells.slice(0, n),
        (cell, m) => m === "baseline" ? 90 : m.startsWith("hwt") ? hwt(cell) : 50,
      ),
      published,
    );
  // The gap is 40 points: 30 of them taken back, or 10, or by turns.
  const most = own(measured(10, () => 80), "hwt_closes_gap");
  assert.equal(most.measured, "supported");
  assert.deepEqual(
    most.criteria.map(({ id, effect, n }) => [id, effect!.estimate, n]),
    [["mean_untimed", 0.75, 10], ["mean_1d", 0.75, 10], ["mean_30d", 0.75, 10], ["cells", 1, 10]],
  );
  const little = own(measured(10, () => 60), "hwt_closes_gap");
  assert.equal(little.measured, "not supported");
  assert.ok(little.criteria.every(({ outcome }) => outcome === "contradicted"));
  assert.equal(own(measured(10, (cell) => cell % 2 ? 80 : 61), "hwt_closes_gap").measured, "open");
  const few = own(measured(5, () => 80), "hwt_closes_gap");
  assert.equal(few.measured, "not tested");
  assert.match(few.criteria[0].reason, /^5 cells here .* wants 6$/);
});

Deno.test("six cells of five expressions are five pieces of evidence, too few for an interval", () => {
  const rows = (cells: readonly number[]) =>
    rowsOf(cells, (cell, m) => {
      const level = m === "baseline" ? 90 : m.startsWith("hwt") ? 80 : 50;
      return level + published.accuracy("hwt@1d")[cell] / 20 + (cell % 7);
    });
  for (const [cells, isEnough] of [[OF_FIVE, false], [OF_SIX, true]] as const) {
    const data = replicated(rows(cells), published);
    const agreements = agreement(data, study.benchmark, prng(0, "test"));
    assert.equal(agreements.some(({ tau: { low, high } }) => high - low < 2), isEnough);
    assert.equal(disagreement(data, "hwt@1d", cellFeatures()).length > 0, isEnough);
    const claim = own(data, "hwt_closes_gap");
    assert.equal(claim.measured, isEnough ? "supported" : "not tested");
    assert.equal(
      claim.criteria[0].reason,
      isEnough
        ? ""
        : "6 cells here can be asked, 5 of them independent by expression; an interval wants 6",
    );
  }
});

Deno.test("copies of a cell make no difference of ranks surer", () => {
  const copies = [...Map.groupBy(EXPRESSIONS.keys(), (cell) => EXPRESSIONS[cell]).values()]
    .filter((cells) => cells.length >= 4).slice(0, 12);
  const rhoOf = (each: number) => {
    const cells = Int32Array.from(copies.flatMap((own) => own.slice(0, each)));
    const place = cells.map((cell) => copies.findIndex((own) => own.includes(cell)));
    // twelve ranks against a shuffled order, and a feature, equal in all copies
    const here = Float64Array.from(place), there = here.map((k) => 7 * k % 12);
    const width = new Float64Array(EXPRESSIONS.length);
    for (const [k, cell] of cells.entries()) width[cell] = 5 * place[k] % 12;
    const features = { ...cellFeatures(), width };
    const data = {
      cells,
      clusters: Array.from(cells, (cell) => EXPRESSIONS[cell]),
      measured: { baseline: here },
      published: { baseline: there },
    } as unknown as Replicated;
    return disagreement(data, "baseline", features)
      .find(({ feature }) => feature === "width")!.rho;
  };
  const [one, four] = [rhoOf(1), rhoOf(4)];
  for (const end of ["estimate", "low", "high"] as const) {
    assert.ok(Math.abs(four[end] - one[end]) < 1e-9, `${end}: ${four[end]} is not ${one[end]}`);
  }
});

/** Pairs of a skip and a 3x3 convolution on edge 2, whose drift drop is lower by 1, 2, ... points with the skip. */
function driftingPairs(contexts: readonly number[]) {
  const pairs = contexts.flatMap((cell, k) => [[cell, k], [cell + 2 * 125, k]]);
  const drop = new Map(pairs.map(([cell, k], at) => [cell, at % 2 ? 10 + k + 1 : 10]));
  return replicated(
    rowsOf(
      pairs.map(([cell]) => cell),
      (cell, m) => m === "hwt@60s" ? 80 : m === "hwt@30d" ? 80 - drop.get(cell)! : 60,
    ),
    published,
  );
}

Deno.test("pairs of one expression are one piece of evidence", () => {
  // Node 2 reaches no output: with none, 1x1 or pooling on edge 1 the cell computes the same.
  const copies = [[3, 1], [3, 3], [3, 4], [1, 1]].map(([edge0, edge1]) =>
    cellIndex([edge0, edge1, 0, 3, 0, 1] as unknown as Cell)
  );
  const [hwt] = own(driftingPairs(copies), "skips_slow_drift").criteria;
  assert.deepEqual([hwt.outcome, hwt.n], ["open", 4]);
  // -1, -2, -3 of one and -4 of another: sums of 1.5 and -1.5 about the mean, error sqrt(2 (2.25 + 2.25)) / 4,
  // t(0.975, 1) = 12.706 (tables)
  assert.ok(Math.abs(hwt.effect!.high + 2.5 - 12.706 * 0.75) < 1e-3);
});

Deno.test("cells of one expression are one piece of evidence, for a share", () => {
  const copies = [...Map.groupBy(EXPRESSIONS.keys(), (cell) => EXPRESSIONS[cell]).values()]
    .filter((cells) => cells.length >= 4).slice(0, 20);
  const width = (each: number) => {
    const cells = copies.flatMap((own) => own.slice(0, each)),
      place = (cell: number) => copies.findIndex((own) => own.includes(cell));
    const data = replicated(
      rowsOf(cells, (cell, m) => m === "baseline" ? 90 : m === "noisy@1d" ? 40 : 60 + place(cell)),
      published,
    );
    const share = own(data, "hwt_closes_gap").criteria.find(({ id }) => id === "mean_1d")!.effect!;
    return share.high - share.low;
  };
  const [one, four] = [width(1), width(4)];
  // had each cell counted, the interval would be half as wide
  assert.ok(Math.abs(four - one) < 1e-9, `${four} is not ${one}`);
});

Deno.test("matched claims are judged on matched pairs, the others say why not", () => {
  // Four contexts of edge 2; a skip loses 1 to 4 points less to drift after HWT than a 3x3 convolution.
  // Each is another expression with either, and there is no other pair of skip and 3x3.
  const contexts = [[3, 1], [3, 3], [3, 4], [1, 3]].map(([edge0, edge1]) =>
    cellIndex([edge0, edge1, 0, 3, 3, 4] as unknown as Cell)
  );
  const data = driftingPairs(contexts);
  const drift = own(data, "skips_slow_drift");
  const [hwt, oneByOne] = drift.criteria;
  assert.deepEqual([hwt.id, hwt.outcome, hwt.n], ["hwt_3x3", "met", 4]);
  // -1, -2, -3, -4: mean -2.5, SD 1.291, t(0.975, 3) = 3.1824 (tables): half width 2.054.
  assert.ok(Math.abs(hwt.effect!.estimate + 2.5) < 1e-12);
  assert.ok(Math.abs(hwt.effect!.high + 2.5 - 2.054) < 1e-3);
  assert.deepEqual([oneByOne.outcome, oneByOne.n], ["not tested", 0]);
  assert.match(oneByOne.reason, /^0 matched pairs/);
  for (const id of ["robust_wider_branched", "robust_differ_from_digital"] as const) {
    const claim = own(data, id);
    assert.equal(claim.measured, "not tested");
    assert.ok(claim.criteria.every(({ reason }) => / here/.test(reason)));
  }
  assert.match(
    own(data, "1x1_heavy_collapse").criteria[0].reason,
    /^0 of 8 cells here exceed 80 %/,
  );
  // A 1x1 convolution loses 5 to 8 points against a 3x3: the one criterion of three that can be tested is met.
  const loss = new Map(contexts.map((cell, k) => [cell + 3 * 125, 5 + k]));
  const swapped = replicated(
    rowsOf(
      contexts.flatMap((cell) => [cell + 2 * 125, cell + 3 * 125]),
      (cell, m) => m === "noisy" ? 60 - (loss.get(cell) ?? 0) : 70,
    ),
    published,
  );
  const collapse = own(swapped, "1x1_heavy_collapse");
  assert.deepEqual(
    collapse.criteria.map(({ outcome }) => outcome),
    ["not tested", "not tested", "met"],
  );
  assert.equal(collapse.measured, "supported in part", "what was not tested is not supported");
});

Deno.test("costs side by side, and what a disagreement goes with", () => {
  const cells = Array.from({ length: 12 }, (_, k) => 7_000 + 61 * k);
  const depths = cellFeatures().depth;
  const data = replicated(
    rowsOf(cells, (cell, m) => m === "hwt@1d" ? 30 + 5 * depths[cell] : m === "hwt" ? 55 : 60),
    published,
  );
  const [gap] = levelPairs(data, ["hwt_gap"]);
  assert.deepEqual(gap.measured, { estimate: 5, low: 5, high: 5 });
  const gaps = cells.map((c) => published.accuracy("baseline")[c] - published.accuracy("hwt")[c]);
  assert.ok(Math.abs(gap.published.estimate - gaps.reduce((a, b) => a + b) / 12) < 1e-9);
  const moved = disagreement(data, "hwt@1d", cellFeatures());
  const depth = moved.find(({ feature }) => feature === "depth")!;
  assert.ok(depth.rho.estimate > 0 && depth.rho.low <= depth.rho.estimate);
  const few = replicated(rowsOf(cells.slice(0, 5), (cell) => cell / 200), published);
  assert.deepEqual(disagreement(few, "hwt@1d", cellFeatures()), []);
  const strength = moved.map(({ rho }) => Math.abs(rho.estimate));
  assert.deepEqual(strength, strength.toSorted((a, b) => b - a));
});

Deno.test("both protocols whole are compared over the cells and seeds that have both", () => {
  const corrected = { protocol: "corrected", config_id: "sound" } as const;
  const rows = [
    ...[1, 2, 3].map((cell) => cellRow(cell, "baseline", 60 + cell)),
    cellRow(1, "baseline", 70, { seed: 1 }),
    ...[1, 2].map((cell) => cellRow(cell, "baseline", 50, corrected)),
  ];
  const effects = settingEffects(bothProtocols(rows));
  const all = effects.find(({ setting }) => setting === "all")!;
  assert.deepEqual([all.cells, all.change.estimate], [2, -11.5]); // -11 and -12
  assert.deepEqual(bothProtocols(rows.slice(0, 3)), { rows: [], settings: [] });
});

Deno.test("a setting's effect is the mean paired change from the default", () => {
  const settings = [
    { setting: "default", value: "default", config_id: "default" },
    { setting: "adc_bits", value: 6, config_id: "six" },
  ];
  const rows = [1, 2, 3, 4].flatMap((k) => [
    cellRow(k, "hwt@1d", 60 + k, { repeats: 3, accuracy_sd_pct: 1 }),
    cellRow(k, "hwt@1d", 50 - k, { config_id: "six", repeats: 3, accuracy_sd_pct: 2 }),
  ]);
  const [reference, six] = settingEffects({ rows, settings });
  assert.deepEqual([reference.change.estimate, reference.tau?.estimate, reference.sd_pct], [
    0,
    1,
    1,
  ]);
  // Changes are -12, -14, -16, -18: by hand.
  assert.equal(six.change.estimate, -15);
  // SciPy: t.ppf(0.975, 3) * sem([-12, -14, -16, -18]) = 4.1085205
  assert.ok(Math.abs(six.change.high + 15 - 4.1085205) < 1e-6);
  assert.ok(Math.abs(six.change.low + 15 + 4.1085205) < 1e-6);
  assert.deepEqual([six.mean_pct, six.sd_pct, six.cells], [47.5, 2, 4]);
  // Four cells are too few for an interval of their order.
  assert.deepEqual(six.tau, { estimate: -1, low: -1, high: 1 });
  assert.deepEqual(six.sdChange, { estimate: 1, low: 1, high: 1 });

  // A setting may name what it is compared with instead of the default.
  const other = [
    ...settings,
    { setting: "adc_bits", value: 7, config_id: "seven", against: "six" },
  ];
  const more = [1, 2, 3, 4].map((k) => cellRow(k, "hwt@1d", 51 - k, { config_id: "seven" }));
  const effects = settingEffects({ rows: [...rows, ...more], settings: other });
  assert.deepEqual([effects[2].change.estimate, effects[2].tau?.estimate], [1, 1]);
  assert.equal(effects[2].sdChange, null);
});
