/** Planted effects are found again, pairs that repeat each other count once, and the family is one. */
import assert from "node:assert/strict";
import { type Effect, effectsOf, summariesOf } from "@/analyse/generality/effects.ts";
import { evidenceOf } from "@/analyse/generality/estimates.ts";
import type { Networks } from "@/analyse/generality/networks.ts";
import { ASKED, RESNET_CONTRASTS } from "@/contrast/mod.ts";
import { prng } from "@/random.ts";
import { cellAt, isConnected, liveEdges, width } from "@/space/mod.ts";
import { mean } from "@/stats/mod.ts";
import { metricText } from "@/table/schema.ts";
import golden from "../../golden/stats/random_effects.json" with { type: "json" };

const asked = (finding: string, source: string) =>
  ASKED.find((a) => a.finding.id === finding && a.source.id === source)!;

interface Entry {
  readonly text: string;
  readonly cell?: number;
  readonly seed?: number;
  readonly pct: Readonly<Record<string, number>>;
}

/** Networks of which each metric is said outright. */
function networksOf(entries: readonly Entry[]): Networks {
  const texts = entries.map(({ text }) => text), distinct = [...new Set(texts)];
  return {
    texts,
    cells: Int32Array.from(entries, ({ cell }) => cell ?? -1),
    trainings: entries.map(({ seed = 0 }) => String(seed)),
    clusters: Int32Array.from(texts, (text) => distinct.indexOf(text)),
    accuracy: (condition, t_s = null) =>
      Float64Array.from(entries, ({ pct }) => pct[metricText(condition, t_s)] ?? NaN),
  };
}

const drop = (points: number) => ({ "hwt@60s": 80, "hwt@30d": 80 - points });
const skipPairs = RESNET_CONTRASTS.find(({ id }) => id === "skip_minus_none")!.pairs;
const nets = [...new Set(skipPairs.flat())];
const isSkipped = (text: string) => !text.endsWith("none");

/** ResNets whose drop is 6 points, 2 fewer with a skip, give or take. */
function resNets(seeds: readonly number[], spread: (text: string) => number) {
  return networksOf(
    seeds.flatMap((seed) =>
      nets.map((text) => ({ text, seed, pct: drop(6 - (isSkipped(text) ? 2 : 0) + spread(text)) }))
    ),
  );
}

Deno.test("listed pairs: the planted difference, each seed a pair, networks the evidence", () => {
  const random = prng(1, "spread"), noise = new Map(nets.map((text) => [text, random.uniform()]));
  const spread = (text: string) => noise.get(text)!;
  const once = evidenceOf(asked("skip_none", "resnet"), resNets([0], spread), null);
  const twice = evidenceOf(asked("skip_none", "resnet"), resNets([0, 1], spread), null);
  assert.equal(once.n, 12);
  assert.equal(twice.n, 24);
  const wanted = mean(skipPairs.map(([a, b]) => -2 + spread(a) - spread(b)));
  assert.ok(Math.abs(once.estimate!.estimate - wanted) < 1e-12);
  // a second seed that says the same again is no evidence
  assert.ok(Math.abs(twice.estimate!.error - once.estimate!.error) < 1e-12);
  // six nets without a skip, each on one side of four pairs
  assert.equal(twice.estimate!.evidence, 6);
});

Deno.test("pairs need one training: a seed of which only one side is measured gives none", () => {
  const { texts, ...rest } = resNets([0], () => 0);
  const lonely = { ...rest, texts, trainings: texts.map((t) => isSkipped(t) ? "0" : "1") };
  assert.deepEqual(evidenceOf(asked("skip_none", "resnet"), lonely, null), {
    estimate: null,
    n: 0,
  });
});

const cells = Array.from({ length: 15_625 }, (_, i) => i).filter((i) => isConnected(cellAt(i)));

Deno.test("a swap finds what an operation adds on the edges that it is asked on, and nowhere else", () => {
  // on the input-to-output edge 1 point for a skip, 4 for a 3x3 ...; another edge must not matter
  const worth = [1, 0, 4, 2, 3];
  const networks = networksOf(
    cells.map((cell) => ({
      text: String(cell),
      cell,
      pct: drop(worth[cellAt(cell)[2]] + 10 * worth[cellAt(cell)[0]]),
    })),
  );
  const effect = (finding: string) =>
    evidenceOf(asked(finding, "own"), networks, null).estimate!.estimate;
  assert.ok(Math.abs(effect("skip_none") - 1) < 1e-9);
  assert.ok(Math.abs(effect("skip_conv3x3") + 3) < 1e-9);
  assert.ok(Math.abs(effect("skip_pool") + 2) < 1e-9);
});

Deno.test("cells that differ in nothing that is asked form no pair; what is not measured is told apart", () => {
  const one = (pct: Readonly<Record<string, number>>) =>
    networksOf([{ text: "a", cell: cells[0], pct }]);
  for (const finding of ["skip_none", "side_by_side_drift"]) {
    const unpaired = evidenceOf(asked(finding, "own"), one(drop(3)), null);
    const nothing = evidenceOf(asked(finding, "own"), one({ baseline: 90 }), null);
    assert.deepEqual(unpaired, { estimate: null, n: 0, isUnpaired: true });
    assert.deepEqual(nothing, { estimate: null, n: 0, isUnpaired: false });
  }
  // pairs that a study lists are planned: none of them is not measured
  const alone = networksOf([{ text: nets[0], pct: drop(3) }]);
  assert.deepEqual(evidenceOf(asked("skip_none", "resnet"), alone, null), {
    estimate: null,
    n: 0,
  });
});

Deno.test("strata: the slope on width at equal live operations, whatever these do themselves", () => {
  const networks = networksOf(cells.map((cell) => {
    const live = liveEdges(cellAt(cell));
    const operations = cellAt(cell).map((op, e): number => live[e] ? [5, 0, 7, 1, 3][op] : 0);
    return {
      text: String(cell),
      cell,
      pct: drop(operations.reduce((a, b) => a + b) - 0.75 * width(cellAt(cell))),
    };
  }));
  const { estimate } = evidenceOf(asked("side_by_side_drift", "published"), networks, null);
  assert.ok(Math.abs(estimate!.estimate + 0.75) < 1e-9);
  // what strata differ by is no error of the slope
  assert.ok(estimate!.error < 1e-9);
});

Deno.test("shares are ratios of means over networks, a network of three seeds counted once", () => {
  const entry = (text: string, seed: number, noisy: number, hwt: number) => ({
    text,
    seed,
    pct: { baseline: 90, ptq: 88, "noisy@1d": noisy, "hwt@1d": hwt },
  });
  const networks = networksOf([
    ...[0, 1, 2].map((seed) => entry("a", seed, 20 + 10 * seed, 80)),
    entry("b", 0, 70, 60),
  ]);
  const closed = evidenceOf(asked("hwt_closes_gap", "resnet"), networks, null);
  assert.equal(closed.n, 2);
  // means over networks: gained (50 - 10) / 2, fallen (60 + 20) / 2
  assert.ok(Math.abs(closed.estimate!.estimate - 0.5) < 1e-12);
  const ptq = evidenceOf(asked("ptq_misses_fall", "resnet"), networks, null);
  assert.ok(Math.abs(ptq.estimate!.estimate - 2 / 40) < 1e-12);
  assert.equal(evidenceOf(asked("qat_misses_fall", "resnet"), networks, null).n, 0);
});

const of = (effects: readonly Effect[], finding: string, source: string) =>
  effects.find((e) => e.finding.id === finding && e.source.id === source)!;

Deno.test("the family holds every test that could be asked, measured or not", () => {
  const estimate = { estimate: -2, error: 0.4, evidence: 9 };
  const alone = effectsOf(({ finding, source }) =>
    finding.id === "skip_none" && source.id === "resnet"
      ? { estimate, n: 24 }
      : { estimate: null, n: 0 }
  );
  const { verdict, p_reference, state } = of(alone, "skip_none", "resnet");
  const tests = 2 * ASKED.filter(({ design }) => design.kind !== "none").length;
  // Student's t of 5 with 8 degrees of freedom: two-sided p = 0.001053 (SciPy: 2 * t.sf(5, 8))
  assert.ok(Math.abs(p_reference / tests - 0.001053) < 1e-6, String(p_reference / tests));
  assert.equal(verdict, "open");
  assert.equal(state, "measured");
  assert.equal(of(alone, "skip_none", "own").state, "not measured");
  assert.equal(of(alone, "skip_conv3x3", "resnet").state, "not asked");
  assert.equal(of(alone, "skip_conv3x3", "resnet").verdict, null);
});

Deno.test("verdicts: agrees, opposite, no effect beyond the margin; too few and no fall", () => {
  const sure = (estimate: number, error = 0.05) => ({ estimate, error, evidence: 100 });
  const effects = effectsOf(({ finding, source }) => {
    const isShare = finding.unit === "share", given = { n: 100, fall: 30 };
    if (source.id === "published") return { ...given, estimate: sure(isShare ? 0.8 : -3) };
    if (source.id === "own") return { ...given, estimate: sure(isShare ? 0.2 : 3) };
    if (source.id === "resnet") return { ...given, estimate: sure(isShare ? 0.52 : 0.3, 0.01) };
    if (source.id === "darts") return { ...given, estimate: sure(0.8), n: 5 };
    return { ...given, estimate: sure(0.8), fall: 4.9 };
  });
  const verdicts = (source: string) =>
    ["hwt_closes_gap", "ptq_misses_fall", "skip_none"].map((f) => of(effects, f, source).verdict);
  assert.deepEqual(verdicts("published"), ["agrees", "opposite", "agrees"]);
  assert.deepEqual(verdicts("own"), ["opposite", "agrees", "opposite"]);
  assert.deepEqual(verdicts("resnet"), ["neutral", "neutral", "neutral"]);
  assert.equal(of(effects, "hwt_closes_gap", "darts").state, "too few");
  assert.equal(of(effects, "hwt_closes_gap", "darts").verdict, "open");
  assert.equal(of(effects, "hwt_closes_gap", "analognas").state, "no fall");
  assert.equal(of(effects, "hwt_closes_gap", "analognas").verdict, null);
});

/** What all spaces say of a finding that all five were asked, from the estimates of the first so many. */
function summaryOf(studies: readonly (readonly [estimate: number, error: number])[]) {
  const order = ["published", "own", "resnet", "analognas", "darts"];
  const effects = effectsOf(({ source }) => {
    const given = source.kind === "device" ? [99, 1] : studies[order.indexOf(source.id)];
    if (given === undefined) return { estimate: null, n: 0 };
    return { estimate: { estimate: given[0], error: given[1], evidence: 50 }, n: 50, fall: 30 };
  });
  return summariesOf(effects).find(({ finding }) => finding === "hwt_closes_gap")!.summary;
}

Deno.test("a summary takes three spaces, of which NAS-Bench-201 is one, and no device", () => {
  assert.equal(summaryOf([[0, 1], [1, 1], [2, 1]]), null);
  const three = summaryOf([[0, 1], [0, 1], [1, 1], [1.5, 1]])!;
  assert.equal(three.places, 3);
  // two equal studies of one space have half the variance, hence twice the weight
  assert.ok(Math.abs(three.mean.estimate - (2 * 0 + 1 + 1.5) / 4) < 1e-12);
});

Deno.test("two studies of one space count once: statsmodels' summary of the summaries", () => {
  const { effects, errors } = golden.two_apart, { nested } = golden;
  const others = nested.effects.slice(1).map((e, k) => [e, nested.errors[k + 1]] as const);
  const own = effects.map((e, k) => [e, errors[k]] as const);
  const { mean: centre, tau, i2, places } = summaryOf([...own, ...others])!;
  assert.equal(places, nested.effects.length);
  for (
    const [actual, wanted] of [
      [centre.estimate, nested.mean],
      [centre.low, nested.low],
      [centre.high, nested.high],
      [tau, nested.tau],
      [i2, nested.i2],
    ]
  ) assert.ok(Math.abs(actual - wanted) < 1e-8, `${actual} is not ${wanted}`);
});
