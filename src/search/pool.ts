import type { Metric } from "../table/schema.ts";
import { METHODS } from "./methods.ts";
import type { Accuracies } from "./objective.ts";
import { type Setting, visibleMetrics } from "./run.ts";
import type { History } from "./search.ts";
import type { Answer, Job } from "./worker.ts";

/** Seeds a worker is given at a time: few where a run takes seconds. */
const BATCH = { model: 1, plain: 25 } as const;

/**
 * Runs a setting for every seed, on several workers. Histories arrive in the order in which they are
 * ready; each depends on its seed alone, so the number of workers changes nothing else.
 *
 * @param accuracy the table of a metric [15625], per cent
 * @param onHistories called with each batch of finished seeds
 */
export async function runSeeds(
  setting: Setting,
  accuracy: (metric: Metric) => Accuracies,
  seeds: readonly number[],
  workers: number,
  onHistories: (answer: readonly (readonly [number, History])[]) => void | Promise<void>,
): Promise<void> {
  const visible = visibleMetrics(setting.method, setting.metric);
  const tables = new Map(visible.map((name) => [name, accuracy(name)]));
  const size = METHODS[setting.method].model ? BATCH.model : BATCH.plain;
  const batches = Array.from(
    { length: Math.ceil(seeds.length / size) },
    (_, i) => seeds.slice(i * size, (i + 1) * size),
  );
  let next = 0;
  const work = async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    try {
      worker.postMessage({ setting, tables } satisfies Job);
      while (next < batches.length) {
        const batch = batches[next++];
        await onHistories(
          await new Promise<Answer>((resolve, reject) => {
            worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
            worker.onerror = (event) => {
              event.preventDefault();
              reject(new Error(`Worker failed: ${event.message}`));
            };
            worker.postMessage(batch);
          }),
        );
      }
    } finally {
      worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, batches.length) }, work));
}
