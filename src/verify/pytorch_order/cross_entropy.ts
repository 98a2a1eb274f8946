import type { Backend, Tensor } from "../../backend.ts";
import { multiplyAdd, round } from "./rounding.ts";

/** `Backend.crossEntropy`: log-softmax, its negative mean at the labels, and the gradient of both. */
export const crossEntropy = (backend: Backend): Backend["crossEntropy"] => (logits, labels) => {
  const [batch, classes] = logits.shape;
  return backend.differentiable<Tensor>([logits], (logits) => {
    const x = logits.dataSync() as Float32Array, y = labels.dataSync();
    const gradient = new Float32Array(x.length);
    let loss = 0;
    for (let n = 0; n < batch; n++) {
      const row = x.slice(n * classes, (n + 1) * classes), largest = Math.max(...row);
      const sum = row.reduce((sum, v) => round(sum + exponential(round(v - largest))), 0);
      const logSum = round(Math.log(sum)), share = round(-1 / batch);
      row.forEach((v, c) => {
        const logP = round(round(v - largest) - logSum);
        if (c === y[n]) loss -= logP / batch;
        const target = c === y[n] ? share : 0;
        gradient[n * classes + c] = target - round(exponential(logP) * share);
      });
    }
    return {
      value: backend.tf.scalar(loss),
      saved: [],
      gradient: () => [backend.tf.tensor(gradient, logits.shape)],
    };
  });
};

/** Coefficients of exp's series from the sixth power down, minimax over +-ln(2)/2. */
const SERIES = [1.98527618e-4, 1.39304355e-3, 8.33336078e-3, 4.16664854e-2, 0.166666672, 0.5];

/**
 * exp in float32 within one unit in the last place, by the method of the SLEEF library that PyTorch's vector
 * kernels use (Shibata & Petrogalli 2020): reduction by ln 2 in two parts, then a polynomial.
 */
function exponential(x: number): number {
  const power = Math.round(round(x * Math.LOG2E));
  const high = multiplyAdd(x, power, -0.693145751953125);
  const rest = multiplyAdd(high, power, -1.428606765330187e-6);
  const series = SERIES.map(round).reduce((sum, coefficient) =>
    multiplyAdd(coefficient, sum, rest)
  );
  return round(round(1 + multiplyAdd(rest, round(rest * rest), series)) * 2 ** power);
}
