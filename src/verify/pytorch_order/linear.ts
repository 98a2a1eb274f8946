import type { Backend, Tensor2D } from "../../backend.ts";
import { dotByLanes, multiplyAdd, round, sumByFour } from "./rounding.ts";

/** `Backend.linear`: dot products over four lanes, over eight in the columns behind the last full eight. */
export const linear = (backend: Backend): Backend["linear"] => (x, w, b) => {
  const [batch, inputs] = x.shape, outputs = w.shape[1];
  return backend.differentiable<Tensor2D>([x, w, b], (x, w, b) => {
    const [xs, ws, bs] = [x, w, b].map((tensor) => tensor.dataSync());
    const y = new Float32Array(batch * outputs);
    for (let n = 0; n < batch; n++) {
      for (let o = 0; o < outputs; o++) {
        const lanes = o < outputs - outputs % 8 ? 4 : 8;
        const dot = dotByLanes(lanes, inputs, (i) => xs[n * inputs + i] * ws[i * outputs + o]);
        y[n * outputs + o] = round(dot + bs[o]);
      }
    }
    const gradient = (g: ArrayLike<number>) => {
      const dx = new Float32Array(x.size), dw = new Float32Array(w.size);
      for (let n = 0; n < batch; n++) {
        for (let i = 0; i < inputs; i++) {
          for (let o = 0; o < outputs; o++) {
            const [at, weight] = [n * inputs + i, i * outputs + o];
            dx[at] = multiplyAdd(dx[at], g[n * outputs + o], ws[weight]);
            dw[weight] = multiplyAdd(dw[weight], g[n * outputs + o], xs[at]);
          }
        }
      }
      const column = (o: number) => Array.from({ length: batch }, (_, n) => g[n * outputs + o]);
      const db = Float32Array.from({ length: outputs }, (_, o) => sumByFour(column(o)));
      return [dx, dw, db];
    };
    return {
      value: backend.tf.tensor(y, [batch, outputs]),
      saved: [],
      gradient: (dy) =>
        gradient(dy.dataSync()).map((values, i) => backend.tf.tensor(values, [x, w, b][i].shape)),
    };
  });
};
