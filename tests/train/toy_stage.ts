/** A stage without TensorFlow: two weights, their momentum, and everything else that a stage may hold. */
import type { Batch } from "../../src/dataset/mod.ts";
import type { Stage } from "../../src/train/mod.ts";

export interface ToyOptions {
  readonly failAtStep?: number;
  readonly poisonWeightsInEpoch?: number;
  readonly settings?: Record<string, number>;
  /** Waited for in each step. */
  readonly pause?: () => Promise<unknown>;
}

export function toyStage(
  {
    failAtStep = Infinity,
    poisonWeightsInEpoch = Infinity,
    settings = {},
    pause = () => Promise.resolve(),
  }: ToyOptions = {},
): Stage {
  let weights = Float32Array.of(1, -1), velocity = new Float32Array(2), counter = 0, steps = 0;
  return {
    name: "toy",
    epochs: 12,
    identity: { kind: "toy", ...settings },
    learningRate: (epoch) => 0.1 / (epoch + 1),
    async step(batch: Batch, { learningRate, random, epoch }) {
      await pause();
      const drawn = random.normal();
      for (const k of [0, 1]) {
        const gradient = weights[k] * batch.images[k] + drawn + batch.labels[0] / 10;
        velocity[k] = 0.9 * velocity[k] + gradient;
        weights[k] -= 0.01 * learningRate * velocity[k];
      }
      if (epoch + 1 === poisonWeightsInEpoch) weights[1] = Infinity;
      steps++;
      return { loss: steps === failAtStep ? NaN : Math.abs(weights[0]), correct: batch.count };
    },
    endEpoch: () => ({ watched: counter += weights[0] }),
    tensors: () => ({
      weights: { shape: [2], data: weights.slice() },
      velocity: { shape: [2], data: velocity.slice() },
    }),
    state: () => ({ counter }),
    restore(tensors, state) {
      weights = tensors.weights.data.slice() as Float32Array<ArrayBuffer>;
      velocity = tensors.velocity.data.slice() as Float32Array<ArrayBuffer>;
      counter = (state as { counter: number }).counter;
    },
  };
}
