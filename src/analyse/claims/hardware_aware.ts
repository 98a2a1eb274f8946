import type { Prng } from "../../random.ts";
import type { Metric } from "../../table/schema.ts";
import type { Benchmark } from "../../table/mod.ts";
import { bootstrapMeans, percentileInterval } from "../bootstrap.ts";
import { CLASSES, CONNECTED } from "../cells.ts";
import { take } from "../outcome.ts";
import { type Claim, claim, criterion } from "./claim.ts";

/** "Most" is more than half. */
const MOST = 0.5;
/** A cell with a smaller fall, in points, has no gap to close. */
const SMALLEST_GAP = 5;

/** How much of the fall from baseline to noisy hardware-aware training takes back, at each time. */
export function hardwareAwareClaim(benchmark: Benchmark, random: Prng): Claim {
  const times = [
    ["untimed", "noisy", "hwt", "before programming"],
    ["1d", "noisy@1d", "hwt@1d", "one day after programming"],
    ["30d", "noisy@30d", "hwt@30d", "thirty days after programming"],
  ] as const;
  const gained = times.map(([, noisy, hwt]) => difference(benchmark, hwt, noisy));
  const lost = times.map(([, noisy]) => difference(benchmark, "baseline", noisy));
  const drawn = bootstrapMeans([...gained, ...lost], take(CLASSES, CONNECTED), random);
  const overall = times.map(([id, , , when], t) => {
    const replicates = drawn[t].map((gain, r) => gain / drawn[times.length + t][r]);
    const share = percentileInterval(sum(gained[t]) / sum(lost[t]), replicates);
    const text = `More than half of the mean gap between baseline and noisy is closed ${when}`;
    return criterion(`mean_${id}`, text, "share", share, "above", MOST);
  });
  const gaps = Int32Array.from(CONNECTED.keys()).filter((k) => lost[0][k] > SMALLEST_GAP);
  const closed = Float64Array.from(gaps, (k) => gained[0][k] > MOST * lost[0][k] ? 1 : 0);
  const [closedDrawn] = bootstrapMeans([closed], take(CLASSES, take(CONNECTED, gaps)), random);
  const cells = criterion(
    "cells",
    "More than half of the cells with a gap above 5 points get more than half of it back",
    "share",
    percentileInterval(sum(closed) / closed.length, closedDrawn),
    "above",
    MOST,
  );
  return claim("hwt_closes_gap", "Hardware-aware training closes most of the gap.", [
    ...overall,
    cells,
  ]);
}

/** Over connected cells. */
function difference(benchmark: Benchmark, from: Metric, less: Metric): Float64Array {
  const [y, z] = [benchmark.accuracy(from), benchmark.accuracy(less)];
  return Float64Array.from(CONNECTED, (i) => y[i] - z[i]);
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b);
