/** What the files of reference networks have in common: weights beside the JSON, the images, the labels. */
import { z } from "zod";
import type { Backend, Tensor1D, Tensor4D } from "../backend.ts";
import { InputError } from "../input_error.ts";
import {
  evaluationOps,
  forward,
  type NamedTensors,
  type NetworkPlan,
  type NetworkTensors,
  type State,
  stateEntries,
} from "../network/mod.ts";

/** Tensors of a PyTorch state: where they begin in the file of float32 numbers. */
export const storedTensors = z.array(z.object({
  name: z.string(),
  shape: z.array(z.number()),
  offset: z.number(),
  trainable: z.boolean(),
}));
type StoredTensors = z.infer<typeof storedTensors>;

/** How the reference trained, and what rounding may do. */
export const trainingSchema = {
  input: z.object({ shape: z.tuple([z.number(), z.literal(3), z.number(), z.number()]) }),
  optimizer: z.object({ lr: z.number(), momentum: z.number(), weight_decay: z.number() }),
  tolerance: z.object({ logits_abs: z.number(), loss_abs: z.number(), after_abs: z.number() }),
};

/** The float32 numbers beside the JSON file, as many as the tensors of its cases ask for. */
export async function readWeights(
  json: string,
  cases: readonly { readonly tensors: StoredTensors }[],
): Promise<Float32Array> {
  const path = json.replace(/json$/, "bin");
  const bytes = await Deno.readFile(path).catch((error) => {
    throw new InputError(`Cannot read the reference weights ${path}: ${error.message}.`);
  });
  const needed = Math.max(
    ...cases.flatMap(({ tensors }) =>
      tensors.map(({ offset, shape }) => offset + shape.reduce((a, b) => a * b, 1))
    ),
  );
  if (bytes.length < 4 * needed) {
    throw new InputError(
      `${path} holds ${bytes.length} bytes, not ${4 * needed}: it is cut short.`,
    );
  }
  return new Float32Array(bytes.buffer, 0, needed);
}

/** The state in the file. Its names and shapes must be exactly those of the network. */
export function stateOf(plan: NetworkPlan, tensors: StoredTensors, values: Float32Array): State {
  const listed = (
    entries: readonly { name: string; shape: readonly number[]; trainable: boolean }[],
  ) =>
    entries.map(({ name, shape, trainable }) => `${name} [${shape}] ${trainable}`).sort().join(
      "\n",
    );
  if (listed(stateEntries(plan)) !== listed(tensors)) {
    throw new InputError(
      `The reference's tensors of ${plan.architecture.text} are not those of this network.`,
    );
  }
  return Object.fromEntries(tensors.map(({ name, shape, offset }) => [
    name,
    values.slice(offset, offset + shape.reduce((a, b) => a * b)),
  ]));
}

/** The reference's input formula: sin(0.7 n + 1.3 c + 0.11 h (c + 1) + 0.23 w), labels (3 n + 1) mod 10. */
export function batch({ tf }: Backend, [n, , height, width]: number[]): [Tensor4D, Tensor1D] {
  const x = new Float32Array(n * height * width * 3);
  for (let i = 0; i < x.length; i++) {
    const c = i % 3, w = Math.floor(i / 3) % width, h = Math.floor(i / 3 / width) % height;
    x[i] = Math.sin(
      0.7 * Math.floor(i / 3 / width / height) + 1.3 * c + 0.11 * h * (c + 1) + 0.23 * w,
    );
  }
  const labels = Int32Array.from({ length: n }, (_, i) => (3 * i + 1) % 10);
  return [tf.tensor4d(x, [n, height, width, 3]), tf.tensor1d(labels, "int32")];
}

/** Logits in evaluation mode. */
export function logits(backend: Backend, plan: NetworkPlan, tensors: NetworkTensors, x: Tensor4D) {
  const ops = evaluationOps(backend, plan, tensors);
  const result = forward(backend, plan, ops, x);
  const values = result.dataSync();
  backend.tf.dispose(result);
  ops.dispose();
  return values;
}

/** Disposes every tensor of the groups. */
export function disposeAll({ tf }: Backend, ...groups: NamedTensors[]): void {
  for (const group of groups) tf.dispose(Object.values(group));
}
