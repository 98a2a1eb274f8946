/// <reference lib="deno.worker" />
/** The other end of `pool.ts`: runs seeds of a setting one by one and posts each history. */
import type { Metric } from "../table/schema.ts";
import type { Accuracies } from "./objective.ts";
import { runSetting, type Setting } from "./run.ts";
import type { History } from "./search.ts";

/** First message: what to run. */
export interface Job {
  readonly setting: Setting;
  readonly tables: ReadonlyMap<Metric, Accuracies>;
}

/** Answer to a message with seeds: their histories. */
export type Answer = readonly (readonly [seed: number, history: History])[];

let job: Job | undefined;

self.onmessage = ({ data }: MessageEvent<Job | readonly number[]>) => {
  if ("setting" in data) job = data;
  else {
    const { setting, tables } = job!;
    const answer: Answer = data.map((
      seed,
    ) => [seed, runSetting(setting, (metric) => tables.get(metric)!, seed)]);
    self.postMessage(answer);
  }
};
