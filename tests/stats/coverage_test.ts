/**
 * Coverage by simulation: of many samples with a known effect, 95 % of the intervals hold it. Each case also
 * tries a wrong choice on the same samples and sees it fail, so that the case can tell them apart.
 */
import assert from "node:assert/strict";
import { type Prng, prng } from "@/random.ts";
import {
  drawResamples,
  groupDifference,
  type Interval,
  jackknifeInterval,
  kendallInterval,
  matchedMean,
  mean,
  meanInterval,
  medianInterval,
  onePlace,
  percentileInterval,
  randomEffects,
  ratioInterval,
  resampledSums,
  spearman,
} from "@/stats/mod.ts";

const SAMPLES = 600;

/** Share of `SAMPLES` intervals that hold `truth`, for each kind of interval that `kinds` makes of a sample. */
function coverage<Kind extends string>(
  truth: number,
  kinds: (random: Prng) => Readonly<Record<Kind, Interval>>,
  samples = SAMPLES,
): Readonly<Record<Kind, number>> {
  const random = prng(1, "coverage"), held = new Map<Kind, number>();
  for (let sample = 0; sample < samples; sample++) {
    for (const [kind, { low, high }] of Object.entries<Interval>(kinds(random))) {
      held.set(kind as Kind, (held.get(kind as Kind) ?? 0) + Number(low <= truth && truth <= high));
    }
  }
  return Object.fromEntries([...held].map(([kind, n]) => [kind, n / samples])) as Record<
    Kind,
    number
  >;
}

/** 600 samples tell a coverage of 95 % with an SD of 0.9 points. */
const holds = (share: number) => assert.ok(share > 0.92 && share < 0.98, `covers ${share}`);
const fails = (share: number) => assert.ok(share < 0.88, `the wrong choice covers ${share}`);
const list = <T>(n: number, value: (i: number) => T) =>
  Array.from({ length: n }, (_, i) => value(i));

/** 200 observations in 40 clusters of unequal size, with an effect of the cluster as large as the noise. */
function clustered(random: Prng) {
  const effect = list(40, () => random.normal());
  const clusters = list(200, () => Math.floor(40 * random.uniform() ** 1.5));
  return { clusters, values: clusters.map((c) => 3 + effect[c] + random.normal()) };
}

Deno.test("clustered means cover; counting observations as independent does not", () => {
  const share = coverage(3, (random) => {
    const { clusters, values } = clustered(random), alone = values.map((_, i) => i);
    return { right: meanInterval(values, clusters), wrong: meanInterval(values, alone) };
  });
  holds(share.right);
  fails(share.wrong);
});

Deno.test("a bootstrap of clusters covers; one of observations does not", () => {
  const share = coverage(3, (random) => {
    const { clusters, values } = clustered(random);
    const interval = (labels: readonly number[]) => {
      const resamples = drawResamples(labels, random, 400);
      const [n, sums] = resampledSums(resamples, [values.map(() => 1), values]);
      return percentileInterval(mean(values), sums.map((sum, r) => sum / n[r]));
    };
    return { right: interval(clusters), wrong: interval(values.map((_, i) => i)) };
  }, 300);
  holds(share.right);
  fails(share.wrong);
});

Deno.test("matched differences with clusters on both sides cover; either side alone does not", () => {
  const share = coverage(2, (random) => {
    const [one, other] = [list(25, () => random.normal()), list(25, () => random.normal())];
    const pairs = list(300, () => [random.integer(25), random.integer(25)] as const);
    const differences = pairs.map(([a, b]) => 2 + one[a] - other[b] + random.normal());
    const [a, b] = [0, 1].map((side) => pairs.map((pair) => pair[side]));
    const sides = matchedMean(differences, [a, b]);
    const [first, second] = [meanInterval(differences, a), meanInterval(differences, b)];
    const width = ({ low, high }: Interval) => high - low;
    return { right: sides, narrower: width(first) < width(second) ? first : second };
  });
  holds(share.right);
  fails(share.narrower);
});

Deno.test("medians and ratios of clustered values cover; of independent ones they do not", () => {
  const median = coverage(3, (random) => {
    const { clusters, values } = clustered(random);
    return {
      right: medianInterval(values, clusters),
      wrong: medianInterval(values, values.map((_, i) => i)),
    };
  });
  holds(median.right);
  fails(median.wrong);
  const ratio = coverage(0.6, (random) => {
    const { clusters, values } = clustered(random);
    const whole = values.map((v) => v + 2 + 0.3 * random.normal());
    const alone = values.map((_, i) => i);
    return {
      right: ratioInterval(values, whole, clusters),
      wrong: ratioInterval(values, whole, alone),
    };
  });
  holds(ratio.right);
  fails(ratio.wrong);
});

Deno.test("differences of groups that share clusters cover, in their unit and in SDs", () => {
  for (const standardized of [false, true]) {
    // clusters have an effect on the group's mark alone: the difference is 0.5 of an SD of sqrt(2)
    const truth = standardized ? 0.5 / Math.sqrt(2) : 0.5;
    const share = coverage(truth, (random) => {
      const effect = list(60, () => random.normal());
      const group = (shift: number, from: number) => {
        const clusters = list(120, () => from + random.integer(30));
        return { clusters, values: clusters.map((c) => shift + effect[c] + random.normal()) };
      };
      const [first, second] = [group(0.5, 0), group(0, 30)];
      const alone = (g: typeof first) => ({
        ...g,
        clusters: g.values.map((_, i) => i + 1000 * g.values[0]),
      });
      return {
        right: groupDifference(first, second, standardized),
        wrong: groupDifference(alone(first), alone(second), standardized),
      };
    });
    holds(share.right);
    fails(share.wrong);
  }
});

Deno.test("tau-b and Spearman's rho of 40 independent pairs cover", () => {
  const r = 0.6, cells = list(40, (i) => i);
  const pairs = (random: Prng) => {
    const x = cells.map(() => random.normal());
    return [x, x.map((v) => r * v + Math.sqrt(1 - r * r) * random.normal())] as const;
  };
  // normal scores: tau = 2 / pi asin(r), rho = 6 / pi asin(r / 2)
  const tau = coverage(2 / Math.PI * Math.asin(r), (random) => {
    const [x, y] = pairs(random);
    return { right: kendallInterval(x, y, cells) };
  }, 1500);
  holds(tau.right);
  const rho = coverage(6 / Math.PI * Math.asin(r / 2), (random) => {
    const [x, y] = pairs(random),
      at = (values: readonly number[], kept: Int32Array) => Array.from(kept, (i) => values[i]);
    return { right: jackknifeInterval(40, (kept) => spearman(at(x, kept), at(y, kept))) };
  });
  holds(rho.right);
});

Deno.test("a mean of three places covers where one has two studies; counting both as places does not", () => {
  // the first study is as exact as the published table; places differ by an SD of 5, studies of one place by 1
  const errors = [0.3, 2, 2, 2], placeOf = [0, 0, 1, 2];
  const share = coverage(0, (random) => {
    const places = list(3, () => 5 * random.normal());
    const effects = errors.map((error, i) =>
      places[placeOf[i]] + random.normal() + error * random.normal()
    );
    const { estimate, error } = onePlace(effects.slice(0, 2), errors.slice(0, 2));
    return {
      right: randomEffects([estimate, ...effects.slice(2)], [error, ...errors.slice(2)]).mean,
      wrong: randomEffects(effects, errors).mean,
    };
  }, 2_000);
  holds(share.right);
  fails(share.wrong);
});
