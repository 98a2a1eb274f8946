import assert from "node:assert/strict";
import type { Backend, Tensor } from "../../src/backend.ts";
import { prng } from "../../src/random.ts";

/** A tensor of `shape` with standard normal numbers of the stream `label`. */
export function normalTensor({ tf }: Backend, label: string, shape: number[]): Tensor {
  const random = prng(7, label);
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => random.normal()), shape);
}

/**
 * Asserts that the tape's gradient of sum(weights * f(inputs)) along random directions is the slope found by
 * a central difference, within `tolerance` of the gradient's size.
 */
export function assertGradient(
  backend: Backend,
  f: (...inputs: Tensor[]) => Tensor,
  inputs: Tensor[],
  { step = 1e-2, tolerance = 5e-3 } = {},
): void {
  const { tf } = backend;
  const weights = normalTensor(backend, "weights", f(...inputs).shape);
  const objective = (...at: Tensor[]) => tf.sum(tf.mul(f(...at), weights)) as never;
  const gradients = tf.grads(objective)(inputs);
  inputs.forEach((input, i) => {
    assert.deepEqual(gradients[i].shape, input.shape);
    for (const label of ["one direction", "another"]) {
      const direction = normalTensor(backend, `${label} ${i}`, input.shape);
      const at = (sign: number) => {
        const moved = tf.add(input, tf.mul(direction, sign * step));
        // In float64: the difference of two float32 sums would lose what it is about.
        const values = f(...inputs.map((other, j) => j === i ? moved : other))
          .dataSync() as Float32Array;
        const w = weights.dataSync();
        return values.reduce((sum, value, k) => sum + value * w[k], 0);
      };
      const slope = (at(1) - at(-1)) / (2 * step);
      const expected = tf.sum(tf.mul(gradients[i], direction)).dataSync()[0];
      const size = (tf.norm(gradients[i]).dataSync()[0]) * tf.norm(direction).dataSync()[0] /
        Math.sqrt(input.size);
      const error = Math.abs(slope - expected) / size;
      assert.ok(error < tolerance, `input ${i}, ${label}: slope ${slope}, gradient ${expected}`);
    }
  });
}
