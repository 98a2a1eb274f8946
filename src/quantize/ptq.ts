/** Post-training quantization (Jacob et al. 2018; Krishnamoorthi 2018): ranges from calibration images. */
import type { Backend } from "../backend.ts";
import { type Config, protocolOf } from "../config.ts";
import type { Batch } from "../dataset/mod.ts";
import { evaluationOps, forward, type NetworkPlan, type NetworkTensors } from "../network/mod.ts";
import { imageTensor, type ProtocolData } from "../train/mod.ts";
import {
  addToHistogram,
  BINS,
  chooseRange,
  extendedRange,
  type Histogram,
  type Range,
} from "./observer.ts";
import { type Quantization, withActivations } from "./quantized_ops.ts";

/**
 * Calibrates a trained network: two passes over the images, for the extremes and for the histograms of
 * every activation, then the observer's choice.
 *
 * @param batches gives the calibration images, the same at each call
 * @param onBatch called with the number of images done, over both passes
 */
export function calibrate(
  backend: Backend,
  plan: NetworkPlan,
  tensors: NetworkTensors,
  { observer, weightBits, activationBits }: Config["ptq"],
  batches: () => Iterable<Batch>,
  onBatch?: (images: number) => void,
): Quantization {
  let images = 0;
  const pass = (observe: (name: string, values: Float32Array) => void) => {
    const folded = evaluationOps(backend, plan, tensors);
    const ops = withActivations(backend, plan, folded, (name, x) => {
      observe(name, x.dataSync() as Float32Array);
      return x;
    });
    for (const batch of batches()) {
      const x = imageTensor(backend, batch);
      backend.tf.dispose([x, forward(backend, plan, ops, x)]);
      images += batch.count;
      onBatch?.(images);
    }
    folded.dispose();
  };

  const extremes: Record<string, Range> = {};
  pass((name, values) => extremes[name] = extendedRange(extremes[name], values));
  const histograms: Record<string, Histogram> = {};
  for (const [name, range] of Object.entries(extremes)) {
    histograms[name] = { range, counts: new Float64Array(BINS) };
  }
  if (observer !== "min_max") pass((name, values) => addToHistogram(histograms[name], values));
  const ranges = Object.entries(histograms).map(([name, histogram]) => [
    name,
    chooseRange(observer, histogram, activationBits),
  ]);
  return { weightBits, activationBits, ranges: Object.fromEntries(ranges) };
}

/** The calibration images: the first of the split that the protocol names, as it evaluates them. */
export function* calibrationBatches(
  config: Config,
  data: ProtocolData,
  seed: number,
): Generator<Batch> {
  let left = config.ptq.calibrationImages;
  const split = protocolOf(config).calibrationSplit;
  for (const batch of data.evaluation(split, `ptq/calibration ${seed}`)) {
    const { images, labels, count } = batch;
    const taken = Math.min(left, count), pixels = images.length / count;
    yield {
      ...batch,
      images: images.subarray(0, taken * pixels),
      labels: labels.subarray(0, taken),
      count: taken,
    };
    left -= taken;
    if (left === 0) return;
  }
}
