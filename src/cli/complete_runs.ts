/** Runs the seeds of a search that are not kept yet. */
import type { AccuracyOf } from "../analyse/mod.ts";
import { withLock } from "../lock.ts";
import { joinRuns, runSeeds, type Setting } from "../search/mod.ts";
import type { Histories } from "../table/mod.ts";
import {
  loadKept,
  type Place,
  type Stored,
  storeFinished,
  storeUnfinished,
} from "./kept_histories.ts";
import { withProgress } from "./progress.ts";

/** Milliseconds between two writes of unfinished work. */
const CHECKPOINT_MS = 5000;

/** Runs the seeds that are not yet stored, storing as it goes, and returns those asked for. */
export async function completeRuns(
  setting: Setting,
  seeds: readonly number[],
  accuracy: AccuracyOf,
  place: Place,
  workers: number,
): Promise<Histories> {
  const isComplete = ({ runs }: Stored) => seeds.every((seed) => runs.has(seed));
  let stored = await loadKept(place, setting.queries);
  if (!isComplete(stored)) {
    // Another search may add to the same file: read, run and write are one.
    stored = await withLock(`${place.path}.lock`, async () => {
      const now = await loadKept(place, setting.queries);
      return isComplete(now)
        ? now
        : await runMissing(setting, seeds, now, accuracy, place, workers);
    });
  }
  const { runs, length } = stored;
  console.error(`${runs.size} runs of ${length} queries in ${place.path}`);
  return joinRuns(place.method, place.guide, new Map(seeds.map((seed) => [seed, runs.get(seed)!])));
}

async function runMissing(
  setting: Setting,
  seeds: readonly number[],
  stored: Stored,
  accuracy: AccuracyOf,
  place: Place,
  workers: number,
): Promise<Stored> {
  const { method, metric } = setting, { length } = stored;
  const runs = new Map(stored.runs), missing = seeds.filter((seed) => !runs.has(seed));
  let written = Date.now();
  await withProgress(`${method} ${metric}`, seeds.length, async (onProgress) => {
    let done = seeds.length - missing.length;
    onProgress(done);
    await runSeeds(
      { ...setting, queries: length },
      accuracy,
      missing,
      workers,
      async (answer) => {
        for (const [seed, history] of answer) runs.set(seed, history);
        onProgress(done += answer.length);
        if (Date.now() - written < CHECKPOINT_MS) return;
        written = Date.now();
        await storeUnfinished(runs, place);
      },
    );
  });
  await storeFinished(runs, place);
  return { runs, length };
}
