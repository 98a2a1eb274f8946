/** The digital layers of an end-to-end reference network. */
import { z } from "zod";
import type { Backend, Tensor } from "../backend.ts";
import { numbers } from "./values.ts";

/** Where numbers stand in the file of weights. */
export const place = z.object({ offset: z.number(), shape: numbers });
export type Place = z.infer<typeof place>;

export const digitalLayers = [
  z.object({
    type: z.literal("bn"),
    weight: place,
    bias: place,
    mean: place,
    var: place,
    eps: z.number(),
  }),
  z.object({ type: z.literal("relu") }),
  z.object({ type: z.literal("global_avg_pool") }),
] as const;
type DigitalLayer = z.infer<(typeof digitalLayers)[number]>;

/** What a digital layer makes of its input, NHWC. */
export function digitalLayer(
  { tf }: Backend,
  l: DigitalLayer,
  h: Tensor,
  at: (p: Place) => Float32Array,
): Tensor {
  switch (l.type) {
    case "bn": {
      const [weight, bias, mean, variance] = [l.weight, l.bias, l.mean, l.var].map((p) =>
        tf.tensor1d(at(p))
      );
      const deviation = tf.sqrt(tf.add(variance, l.eps));
      return tf.add(tf.mul(tf.div(tf.sub(h, mean), deviation), weight), bias);
    }
    case "relu":
      return tf.relu(h);
    case "global_avg_pool":
      return tf.mean(h, [1, 2]);
  }
}
