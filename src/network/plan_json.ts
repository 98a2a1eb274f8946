/** The steps of a plan as text: weight files of networks that are of no search space carry it. */
import { z } from "zod";
import { InputError } from "../input_error.ts";
import { IMAGES, type NetworkPlan, type Step } from "./plan.ts";

const count = z.int().nonnegative(), size = z.int().positive();
const layer = { name: z.string() };
const sides = z.strictObject({ top: count, left: count, bottom: count, right: count });
const norm = z.strictObject({ ...layer, channels: size });
const convolution = z.strictObject({
  ...layer,
  inChannels: size,
  outChannels: size,
  kernel: size,
  stride: z.literal([1, 2]),
  padding: count,
  groups: size,
  dilation: size,
  readsData: z.boolean(),
});
const place = {
  name: z.string().min(1),
  inputs: z.array(z.string()).nonempty(),
  live: z.boolean(),
};
const step = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.strictObject({ kind: z.literal(kind), ...shape, ...place });
const numbers = z.array(z.number()).nonempty();

/** The steps that `readOnnx` makes. */
const steps = z.array(z.discriminatedUnion("kind", [
  step("convolution", { layer: convolution, norm: norm.nullable() }),
  step("batch_norm", { layer: norm }),
  step("bias", { layer: norm }),
  step("affine", { scale: numbers, offset: numbers }),
  step("relu", {}),
  step("clip", { low: z.number(), high: z.number() }),
  step("average_pool", { size, stride: size, padding: z.literal(["same", "valid"]) }),
  step("padded_average_pool", { size, stride: size, padding: sides, counted: sides }),
  step("max_pool", { size, stride: size, padding: count }),
  step("pad", { sides, value: z.number() }),
  step("pick", { axis: z.literal(["height", "width"]), places: z.array(count).nonempty() }),
  step("pad_channels", { before: count, after: count }),
  step("concatenate", {}),
  step("sum", {}),
  step("global_average", {}),
  step("flatten", { channelsLast: z.literal(true).optional() }),
  step("linear", { layer: z.strictObject({ ...layer, inFeatures: size, outFeatures: size }) }),
])).nonempty();

/** The steps of `plan` as JSON. */
export const stepsText = ({ steps }: NetworkPlan): string => JSON.stringify(steps);

/**
 * The steps that `stepsText` wrote.
 *
 * @throws InputError where the text is none, where two steps have one name, or one reads what comes later
 */
export function parseSteps(text: string): readonly Step[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new InputError(`its steps are no JSON: ${(error as Error).message}.`);
  }
  const parsed = steps.safeParse(content);
  if (!parsed.success) throw new InputError(`its steps: ${z.prettifyError(parsed.error)}.`);
  const known = new Set<string>([IMAGES]);
  for (const { name, inputs } of parsed.data) {
    const missing = inputs.find((input) => !known.has(input));
    if (missing !== undefined) {
      throw new InputError(`its step ${name} reads ${missing}, not made yet.`);
    }
    if (known.has(name)) throw new InputError(`two of its steps are called ${name}.`);
    known.add(name);
  }
  return parsed.data as readonly Step[];
}
