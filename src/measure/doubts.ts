/** What speaks against a digital accuracy before any crossbar is asked. */
import type { Backend, Tensor2D } from "../backend.ts";
import { evaluationOps, forward, type NetworkPlan, type NetworkTensors } from "../network/mod.ts";
import { imageTensor, type ProtocolData } from "../train/mod.ts";

/** Standard deviations above chance within which an accuracy is taken for chance. */
const CHANCE_SDS = 3;
/** Share of the largest logit within which two logits are one number, rounding apart. */
const ROUNDING = 1e-5;

const CAUSES =
  "Likely causes: images normalised otherwise than in training (import-onnx: --mean, " +
  "--std, --input-scale), classes in another order, weights that were never trained.";

/** Largest accuracy, per cent, that guessing among `classes` equally likely ones plausibly reaches on `images`. */
export function chanceLevel_pct(classes: number, images: number): number {
  const p = 1 / classes;
  return 100 * (p + CHANCE_SDS * Math.sqrt(p * (1 - p) / images));
}

/** Whether all rows of `logits` are one, rounding apart. */
export function isConstant(logits: Tensor2D): boolean {
  const [rows, classes] = logits.shape, values = logits.dataSync() as Float32Array;
  const largest = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return rows > 1 &&
    values.every((v, i) => Math.abs(v - values[i % classes]) <= ROUNDING * largest);
}

/** Sentences about the digital network's accuracy on the test images; none where it looks sound. */
export function digitalDoubts(
  backend: Backend,
  plan: NetworkPlan,
  tensors: NetworkTensors,
  data: ProtocolData,
  accuracy_pct: number,
): string[] {
  const [batch] = data.evaluation("test", "doubts"), x = imageTensor(backend, batch);
  const ops = evaluationOps(backend, plan, tensors), logits = forward(backend, plan, ops, x);
  const isSame = isConstant(logits);
  ops.dispose();
  backend.tf.dispose([x, logits]);
  if (isSame) return [`The output does not depend on the image. ${CAUSES}`];
  if (accuracy_pct > chanceLevel_pct(plan.classes, data.test.count)) return [];
  return [
    `${accuracy_pct.toFixed(2)} % is chance level for ${plan.classes} classes and ` +
    `${data.test.count} images. ${CAUSES}`,
  ];
}
