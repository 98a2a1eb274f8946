/** The statistics of the published table against numpy and SciPy. */
import assert from "node:assert/strict";
import {
  CLASSES,
  CONNECTED,
  EXPRESSIONS,
  functionalAnova,
  matchedSwaps,
  noiseFloor,
  type Outcome,
  outcomeValues,
  repeatedClasses,
  retest,
  take,
} from "@/analyse/mod.ts";
import { prng } from "@/random.ts";
import { CELL_COUNT, type Operation } from "@/space/mod.ts";
import {
  drawResamples,
  expectedBest,
  kendallInterval,
  kendallMatrix,
  kendallTauB,
  spearman,
  summarize,
  topKOverlap,
} from "@/stats/mod.ts";
import { loadReference, type Metric, PUBLISHED_METRICS } from "@/table/mod.ts";
import { assertGolden, GOLDEN } from "../golden.ts";

const benchmark = await loadReference();
const accuracies = PUBLISHED_METRICS.map((metric) => benchmark.accuracy(metric));

Deno.test("all 78 tau-b and Spearman correlations equal SciPy's", () => {
  const tau = kendallMatrix(accuracies);
  PUBLISHED_METRICS.forEach((a, i) =>
    PUBLISHED_METRICS.slice(0, i).forEach((b, j) => {
      assertGolden(`kendall.${b}~${a}`, tau[i][j], 1e-12);
      assertGolden(`spearman.${b}~${a}`, spearman(accuracies[i], accuracies[j]), 1e-9);
    })
  );
});

Deno.test("standard errors equal SciPy's tau-b over resampled classes", () => {
  for (const key of Object.keys(GOLDEN).filter((k) => k.startsWith("kendall_se."))) {
    const [a, b] = key.slice("kendall_se.".length).split("~") as Metric[];
    const { low, high } = kendallInterval(
      benchmark.accuracy(a),
      benchmark.accuracy(b),
      EXPRESSIONS,
    );
    const ratio = (high - low) / 2 / 1.959964 / (GOLDEN[key] as number);
    // the SD of 300 resamples is itself known to 4 %
    assert.ok(Math.abs(ratio - 1) < 0.12, `${key}: ratio ${ratio}`);
  }
});

Deno.test("above 90 % baseline the tau-b with hwt@1d equals SciPy's", () => {
  const baseline = benchmark.accuracy("baseline");
  const good = Int32Array.from(baseline.keys()).filter((i) => baseline[i] > 90);
  assertGolden("above_90", good.length);
  const reference = take(benchmark.accuracy("hwt@1d"), good);
  PUBLISHED_METRICS.forEach((metric, m) =>
    assertGolden(
      `kendall_above_90.${metric}`,
      kendallTauB(take(accuracies[m], good), reference),
      1e-12,
    )
  );
});

Deno.test("top-k overlaps with hwt@1d equal numpy's stable sort", () => {
  PUBLISHED_METRICS.forEach((metric, m) => {
    for (const k of [10, 50, 100, 500, 1000]) {
      assertGolden(
        `topk.${metric}.${k}`,
        topKOverlap(accuracies[m], benchmark.accuracy("hwt@1d"), k),
      );
    }
  });
});

Deno.test("means and medians over connected cells equal numpy's", () => {
  assertGolden("table.disconnected", CELL_COUNT - CONNECTED.length);
  assertGolden("table.isomorphism_classes", new Set(CLASSES).size);
  PUBLISHED_METRICS.forEach((metric, m) => {
    const { mean, median } = summarize(take(accuracies[m], CONNECTED));
    assertGolden(`mean.${metric}`, mean);
    assertGolden(`median.${metric}`, median);
  });
  for (const outcome of ["hwt_gap", "drift_drop.hwt", "drift_drop.noisy"] as const) {
    const { mean, median } = summarize(take(outcomeValues(benchmark, outcome), CONNECTED));
    assertGolden(`${outcome}.mean`, mean);
    assertGolden(`${outcome}.median`, median);
  }
});

Deno.test("the noise floor equals numpy's pooled SD, and its interval holds it", () => {
  assertGolden("functions_repeated", repeatedClasses().length);
  assertGolden("classes_repeated", repeatedClasses(CLASSES).length);
  const resamples = drawResamples(EXPRESSIONS, prng(1, "test"), 1000);
  for (const { metric, sd_pct } of noiseFloor(benchmark, resamples, CLASSES)) {
    assertGolden(`noise_floor.nats_bench.${metric}`, sd_pct.estimate);
  }
  for (const { metric, sd_pct, published_sd_pct } of noiseFloor(benchmark, resamples)) {
    assertGolden(`noise_floor.${metric}`, sd_pct.estimate);
    assert.ok(sd_pct.low < sd_pct.estimate && sd_pct.estimate < sd_pct.high);
    if (published_sd_pct !== null) assertGolden(`published_sd.${metric}.mean`, published_sd_pct);
  }
});

Deno.test("re-test tau equals that of numpy's own random pairings", () => {
  for (const { metric, tau, ceiling } of retest(benchmark, prng(1, "test"))) {
    // two means over 40 pairings, each pairing with an SD near 0.007
    assertGolden(`retest_tau.${metric}`, tau.estimate, 0.005);
    assert.ok(tau.low < tau.estimate && tau.estimate < tau.high);
    assert.ok(ceiling.estimate > tau.estimate && ceiling.estimate < 1);
  }
});

/** Equal to one part in a million: p-values reach down to 1e-100. */
function close(actual: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-6 * expected,
    `${what}: ${actual} is not ${expected}`,
  );
}

Deno.test("matched swaps with skip equal numpy's means, errors, p-values and Holm's correction", () => {
  const outcomes: Outcome[] = ["drift_drop.hwt", "drift_drop.noisy", "hwt@30d"];
  const pairs = [1, 2, 3, 4].map((other) => [0, other] as [Operation, Operation]);
  const swaps = matchedSwaps(benchmark, outcomes, pairs);
  assert.equal(swaps.length, 72);
  for (const { outcome, edge, other, n, mean, p, p_holm } of swaps) {
    const key = `matched.${outcome}.skip_minus.${other}.edge${edge}`;
    assertGolden(key, mean.estimate);
    assertGolden(`${key}.n`, n);
    close((mean.high - mean.low) / 2, GOLDEN[`${key}.half`] as number, key);
    close(p, GOLDEN[`${key}.p`] as number, key);
    close(p_holm, GOLDEN[`${key}.p_holm`] as number, key);
  }
});

Deno.test("swapping the sides of a matched swap turns its sign", () => {
  const swap = (pair: [Operation, Operation]) => matchedSwaps(benchmark, ["hwt@1d"], [pair]);
  const [forth, back] = [swap([0, 2]), swap([2, 0])];
  forth.forEach(({ n, mean }, k) => {
    assert.equal(back[k].n, n);
    assert.ok(Math.abs(mean.estimate + back[k].mean.estimate) < 1e-9);
  });
});

Deno.test("ANOVA shares equal numpy's lattice means", () => {
  const outcomes: Outcome[] = ["baseline", "noisy", "hwt", "hwt@30d", "drift_drop.hwt"];
  for (const outcome of outcomes) {
    const { mainShares, pairShares } = functionalAnova(outcomeValues(benchmark, outcome));
    mainShares.forEach((share, e) => assertGolden(`anova.${outcome}.edge${e}`, share));
    for (const { factors, share } of pairShares) {
      assertGolden(`anova.${outcome}.pair${factors.join("")}`, share);
    }
  }
});

Deno.test("random search's expected best equals exact fractions", () => {
  for (const n of [10, 50, 100, 200, 500]) {
    assertGolden(`random_search.hwt@1d.${n}`, expectedBest(benchmark.accuracy("hwt@1d"), n), 1e-9);
  }
});
