import type { Backend, Tensor2D, Tensor4D } from "../backend.ts";
import { type Batch, CIFAR10_SIZE } from "../dataset/mod.ts";
import { evaluationOps, forward, type NetworkPlan, type NetworkTensors } from "../network/mod.ts";

/** A batch's images as a tensor, `[count, height, width, channels]`. The caller disposes it. */
export function imageTensor({ tf }: Backend, batch: Batch): Tensor4D {
  // The batch's array is used again for the next one, so TensorFlow gets a copy.
  const { height, width, channels } = batch.size ?? CIFAR10_SIZE;
  return tf.tensor4d(batch.images.slice(), [batch.count, height, width, channels]);
}

/** Rows of `logits` whose largest entry is at the label; the first of equal ones counts. */
export function countCorrect(logits: Tensor2D, labels: Uint8Array): number {
  const classes = logits.shape[1], values = logits.dataSync();
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (values[row * classes + k] > values[row * classes + best]) best = k;
    }
    if (best === labels[row]) correct++;
  }
  return correct;
}

/** Top-1 accuracy in per cent of `logits` over all `batches`. */
export function accuracy_pct(
  backend: Backend,
  logits: (x: Tensor4D) => Tensor2D,
  batches: Iterable<Batch>,
): number {
  let correct = 0, images = 0;
  for (const batch of batches) {
    const x = imageTensor(backend, batch), output = logits(x);
    correct += countCorrect(output, batch.labels);
    backend.tf.dispose([x, output]);
    images += batch.count;
  }
  return (100 * correct) / images;
}

/** Top-1 accuracy in per cent of the digital network, batch norms folded. */
export function digitalAccuracy_pct(
  backend: Backend,
  plan: NetworkPlan,
  tensors: NetworkTensors,
  batches: Iterable<Batch>,
): number {
  const ops = evaluationOps(backend, plan, tensors);
  const accuracy = accuracy_pct(backend, (x) => forward(backend, plan, ops, x), batches);
  ops.dispose();
  return accuracy;
}
