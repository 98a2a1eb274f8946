import type { Tensor, TensorFlow } from "../backend.ts";

/** Value of an op, the tensors its gradient will need, and that gradient. */
export interface Differentiable {
  readonly value: Tensor;
  readonly saved: readonly Tensor[];
  /** Gradients with respect to the inputs, each a tensor of its own (clone where two would be one). */
  readonly gradient: (dy: Tensor, saved: readonly Tensor[]) => Tensor[];
}

/**
 * Runs an op with a gradient of its own on TensorFlow.js's tape.
 *
 * The tape keeps every saved tensor and every gradient until the whole backward pass is over. Here both
 * are given back as soon as this op's gradient is known, which halves the memory of a training step. So a
 * gradient function must never hand out the same tensor twice.
 */
export function differentiable<T extends Tensor>(
  tf: TensorFlow,
  inputs: readonly Tensor[],
  op: (...inputs: Tensor[]) => Differentiable,
): T {
  const custom = tf.customGrad((...args) => {
    const save = args.pop() as unknown as (tensors: Tensor[]) => void;
    const { value, saved, gradient } = op(...args as Tensor[]);
    save([...saved]);
    const gradFunc = (dy: Tensor, kept: Tensor[]) => {
      const gradients = gradient(dy, kept);
      tf.dispose([dy, kept]);
      return gradients;
    };
    return { value, gradFunc } as ReturnType<Parameters<TensorFlow["customGrad"]>[0]>;
  });
  return custom(...inputs) as T;
}
