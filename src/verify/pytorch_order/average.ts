import type { Backend, Tensor2D, Tensor4D } from "../../backend.ts";
import { round, sumByFour } from "./rounding.ts";

/** `Backend.averagePool`: the value is the kernel's own, the gradient is scattered output by output. */
export const averagePool =
  (backend: Backend): Backend["averagePool"] => (x, size, stride, padding) =>
    backend.differentiable<Tensor4D>([x], (x) => {
      const value = backend.averagePool(x as Tensor4D, size, stride, padding);
      const [batch, height, width, channels] = (x as Tensor4D).shape;
      const [, rows, columns] = value.shape;
      const before = padding === "same" ? (size - 1) / 2 : 0;
      return {
        value,
        saved: [],
        gradient: (dy) => {
          const g = dy.dataSync(), dx = new Float32Array(x.size);
          const window = (start: number, limit: number) => {
            const first = start * stride - before;
            return [Math.max(0, first), Math.min(limit, first + size)];
          };
          for (let n = 0; n < batch; n++) {
            for (let r = 0; r < rows; r++) {
              const [top, bottom] = window(r, height);
              for (let c = 0; c < columns; c++) {
                const [left, right] = window(c, width);
                for (let k = 0; k < channels; k++) {
                  const output = ((n * rows + r) * columns + c) * channels + k;
                  const share = round(g[output] / ((bottom - top) * (right - left)));
                  for (let i = top; i < bottom; i++) {
                    for (let j = left; j < right; j++) {
                      dx[((n * height + i) * width + j) * channels + k] += share;
                    }
                  }
                }
              }
            }
          }
          return [backend.tf.tensor(dx, x.shape)];
        },
      };
    });

/** `Backend.globalAverage`: eight columns of the flattened image, each by four, then added in turn. */
export const globalAverage = (backend: Backend): Backend["globalAverage"] => (x) => {
  const [batch, height, width, channels] = x.shape, pixels = height * width;
  return backend.differentiable<Tensor2D>([x], (x) => {
    const values = x.dataSync(), means = new Float32Array(batch * channels);
    for (let n = 0; n < batch; n++) {
      for (let k = 0; k < channels; k++) {
        let sum = 0;
        for (let column = 0; column < 8; column++) {
          const terms: number[] = [];
          for (let pixel = column; pixel < pixels; pixel += 8) {
            terms.push(values[(n * pixels + pixel) * channels + k]);
          }
          sum = round(sum + sumByFour(terms));
        }
        means[n * channels + k] = sum / pixels;
      }
    }
    return {
      value: backend.tf.tensor(means, [batch, channels]),
      saved: [],
      gradient: (dy) => {
        const g = dy.dataSync();
        const dx = values.map((_, i) =>
          g[Math.floor(i / channels / pixels) * channels + i % channels] / pixels
        );
        return [backend.tf.tensor(dx, x.shape)];
      },
    };
  });
};
