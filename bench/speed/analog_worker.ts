/**
 * One turn of the analog simulator for each line on stdin; prints seconds, CPU seconds and the peak of
 * resident memory in GiB. The network is that of golden/aimc/perf.json: C = 16, N = 5, convolutions 3x3 on
 * all six edges.
 *
 * usage: analog_worker.ts digital_inference|analog_inference|stock_inference|digital_step|hwt_step|program|drift BATCH
 */
import process from "node:process";
import { createInterface } from "node:readline";
import {
  analogEvaluation,
  type AnalogKernel,
  convert,
  type Crossbars,
  drift,
  hwtNetwork,
  loadAnalogKernel,
  periphery,
  program,
  tilesOf,
} from "../../src/analog/mod.ts";
import { type Backend, loadBackend, type Tensor, type Tensor4D } from "../../src/backend.ts";
import { resolveConfig } from "../../src/config.ts";
import {
  evaluationOps,
  forward,
  initialState,
  type LayerOps,
  networkPlan,
  toTensors,
} from "../../src/network/mod.ts";
import { networkTrainer, sgd } from "../../src/train/mod.ts";

const mode = Deno.args[0], count = Number(Deno.args[1]);
const config = resolveConfig({ protocol: "as_published" });
const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels: 16, cellsPerStage: 5 });
const state = initialState(plan, 0), network = convert(plan, state, config.hardware);
const backend = await loadBackend(), { tf } = backend;
const kernel = await loadAnalogKernel(backend);
const crossbars: Crossbars = { backend, kernel, periphery: periphery(config.hardware) };
let turn = 0;

/** The simulator with TensorFlow's own operations: the exact composition that the kernel replaces. */
function stockKernel({ tf, randomNormal }: Backend, kernel: AnalogKernel): AnalogKernel {
  const quantize = (v: Tensor, step: number, bound: number) =>
    tf.clipByValue(tf.mul(tf.round(tf.div(v, step)), step), -bound, bound);
  return {
    ...kernel,
    dac: <T extends Tensor>(
      x: T,
      range: Tensor,
      { step, bound }: { step: number; bound: number },
    ) =>
      tf.tidy(() => {
        const inside = tf.div(tf.maximum(tf.minimum(x, range), tf.neg(range)), range);
        return quantize(inside, step, bound) as T;
      }),
    adc: (y, scale, offset, sum, seed, noise, { step, bound }) =>
      tf.tidy(() => {
        const [a, b] = seed.dataSync(), shape = y.shape;
        const noisy = tf.add(y, tf.mul(randomNormal(shape, a, b), noise));
        let out = tf.mul(quantize(noisy, step, bound), scale);
        if (offset) out = tf.add(out, offset);
        return (sum ? tf.add(out, sum) : out) as typeof y;
      }),
  };
}

function inference(opsOf: (turn: number) => LayerOps): () => void {
  const x = backend.randomNormal([count, 32, 32, 3], 0, 0) as Tensor4D;
  return () => {
    const logits = forward(backend, plan, opsOf(turn++), tf.clone(x));
    logits.dataSync();
    logits.dispose();
  };
}

const batch = {
  images: Float32Array.from({ length: count * 3_072 }, (_, i) => Math.sin(i * i)),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 10),
  count,
};
const optimizer = sgd(backend, config.training);

function job(): () => void {
  switch (mode) {
    case "digital_inference": {
      const ops = evaluationOps(backend, plan, toTensors(backend, plan, state));
      return inference(() => ops);
    }
    case "analog_inference":
      return inference(analogEvaluation(crossbars, network).ops);
    case "stock_inference": {
      const stock = { ...crossbars, kernel: stockKernel(backend, kernel) };
      return inference(analogEvaluation(stock, network).ops);
    }
    case "digital_step": {
      const trainer = networkTrainer(backend, plan, state, optimizer);
      return () => trainer.step(batch, 0.01);
    }
    case "hwt_step": {
      const training = hwtNetwork(crossbars, network, config, optimizer, 0);
      // Past the first 50 batches, in which input ranges are estimated from the data.
      const seen = Object.fromEntries(tilesOf(network).map(({ name }) => [name, 50]));
      training.restore(network, 50, seen);
      return () => training.step(batch, 0.01);
    }
    case "program":
      return () => program(network, turn++);
    case "drift": {
      const programmed = program(network, 0);
      return () => drift(network, programmed, 3_600, turn++);
    }
    default:
      throw new Error(`no mode ${mode}`);
  }
}

const once = job();
console.error(`${mode}: ${tilesOf(network).length} tiles`);
const cpu_s = () =>
  process.resourceUsage().userCPUTime / 1e6 + process.resourceUsage().systemCPUTime / 1e6;
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now(), cpu = cpu_s();
  once();
  const seconds = (performance.now() - start) / 1000;
  console.log(seconds, cpu_s() - cpu, process.resourceUsage().maxRSS / 2 ** 20);
}
