/**
 * What the repeats of one trained network take: four inference times on 10,000 test images at N = 1, C = 16,
 * with a programming event for each repeat. Where repeats share one event (`read_and_output_noise`) all but
 * one event's seconds are saved; what an event takes is timed apart. Memory is to stay flat over the repeats:
 * resident memory of the last third against the first, at most a twentieth more.
 *
 * Usage: deno task bench repeats, or for a trial: deno run -A bench/repeats.ts REPEATS IMAGES
 */
import { median } from "simple-statistics";
import { convert, program } from "../src/analog/mod.ts";
import { loadBackend } from "../src/backend.ts";
import { withProgress } from "../src/cli/progress.ts";
import { setUp } from "../src/cli/setup.ts";
import { resolveConfig } from "../src/config.ts";
import { loadCifar10 } from "../src/dataset/mod.ts";
import { crossbarsFor, measureAnalog } from "../src/measure/mod.ts";
import { dataFor, loadWeights } from "../src/train/mod.ts";
import { judge } from "./speed/against_pytorch.ts";

const WEIGHTS = "data/measured/training/here_seed0/weights.safetensors";
const EVENTS = 10;
const [repeats, testImages] = [25, 10_000].map((most, i) => Number(Deno.args[i] ?? most));
const MiB = 2 ** 20;

await setUp();
const weights = await loadWeights(WEIGHTS),
  { plan } = weights,
  { channels, cellsPerStage } = plan.scale;
const config = resolveConfig({
  network: { channels, cellsPerStage },
  departures: { repeatVaries: "programming" },
  measurement: { repeats, testImages },
});
const backend = await loadBackend(), crossbars = await crossbarsFor(backend, config);
const data = dataFor(config, await loadCifar10(), 0);
const times = config.measurement.inferenceTimes_s.length, reads = repeats * times;

const folder = await Deno.makeTempDir({ prefix: "repeats-" });
let start = 0;
const resident_MiB: number[] = [];
await withProgress("repeats", 1 + reads, (onProgress) => {
  let done = 0;
  return measureAnalog({
    architecture: plan.architecture,
    seed: 0,
    config,
    study: "bench",
    crossbars,
    weights,
    conditions: ["noisy"],
    data,
    folder,
    clock: () => performance.now(),
    onProgress: (note) => {
      if (done === 0) start = performance.now(); // the read-out before programming warms up
      else if (done % times === 0) resident_MiB.push(Deno.memoryUsage().rss / MiB);
      onProgress(++done, note);
    },
  });
});
const seconds = (performance.now() - start) / 1000;
await Deno.remove(folder, { recursive: true });

const network = convert(plan, weights.state, config.hardware);
const event_s = median(Array.from({ length: EVENTS }, (_, seed) => {
  const start = performance.now();
  program(network, seed);
  return (performance.now() - start) / 1000;
}));
const shared_s = seconds - (repeats - 1) * event_s;
const images = reads * data.test.count;
const third = Math.ceil(repeats / 3);
const before = median(resident_MiB.slice(0, third)), after = median(resident_MiB.slice(-third));

console.log(
  `${repeats} repeats at ${times} times on ${data.test.count} images: ${seconds.toFixed(0)} s, ` +
    `${(images / seconds).toFixed(0)} images/s; programming takes ${
      event_s.toFixed(3)
    } s an event, ` +
    `${shared_s.toFixed(0)} s where all share one`,
);
console.log(
  `resident memory after each repeat (MiB): ${resident_MiB.map((m) => m.toFixed(0)).join(" ")}`,
);
console.log(`value repeats ${repeats}`);
console.log(`value seconds ${seconds.toFixed(0)}`);
console.log(`value shared_event_seconds ${shared_s.toFixed(0)}`);
console.log(`value images_per_s ${(images / seconds).toFixed(0)}`);
console.log(`value programming_s ${event_s.toFixed(3)}`);
console.log(`value memory_MiB ${after.toFixed(0)}`);
console.log(`value memory_growth_MiB ${(after - before).toFixed(1)}`);
judge("memory of the last third of the repeats, of the first's", after / before, 1.05, "at most");
