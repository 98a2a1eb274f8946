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

Deno.test("a summary takes three spaces and no device", () => {
  const effects = (spaces: number) =>
    effectsOf(({ source }) => {
      const place = ["published", "own", "resnet"].indexOf(source.id);
      const has = source.kind === "device" || (place >= 0 && place < spaces);
      const estimate = { estimate: place < 0 ? 99 : place, error: 1, evidence: 50 };
      return has ? { estimate, n: 50, fall: 30 } : { estimate: null, n: 0 };
    });
  const skip = (spaces: number) =>
    summariesOf(effects(spaces)).find(({ finding }) => finding === "skip_none")!.summary;
  assert.equal(skip(2), null);
  assert.equal(skip(3)!.places, 3);
  assert.ok(Math.abs(skip(3)!.mean.estimate - 1) < 1e-12);
});
