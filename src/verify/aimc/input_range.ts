/** Learning of input ranges against AIHWKit 1.1.0 (file g). */
import { z } from "zod";
import { mapWeights, updateInputRange } from "../../analog/mod.ts";
import { type GoldenReport, readGolden, shareOfTolerance, worstOf } from "../report.ts";
import { crossbarsFor, linearShape } from "./crossbars.ts";
import { hardwareOf, ioSchema } from "./settings.ts";
import { hwtOf, pass, rangeSettings, sampleSd, sgdSettings } from "./training_pass.ts";
import { flat, matrix } from "../values.ts";

export async function checkInputRange(path: string): Promise<GoldenReport> {
  const golden = await readGolden(
    path,
    z.object({
      tolerance: z.object({ rel: z.number(), abs: z.number() }),
      cases: z.array(z.object({
        optimizer: sgdSettings.nullable(),
        config: rangeSettings,
        io: ioSchema,
        init_value: z.number(),
        weights: matrix,
        x: z.array(matrix),
        grad_output: z.array(matrix),
        trajectory: z.array(z.object({
          input_range_after_forward: z.number(),
          update_idx: z.number(),
          grad: z.number(),
          input_range_after_step: z.number(),
        })),
      })).nonempty(),
    }),
  );
  const crossbars = await crossbarsFor(), share = shareOfTolerance(golden.tolerance);
  return worstOf(golden.cases, (c) => {
    const hardware = hardwareOf(c.io), hwt = hwtOf(c.config), shape = linearShape(c.weights);
    const mapped = mapWeights(flat(c.weights), shape.outChannels, hardware);
    const step = c.optimizer ? scalarSgd(c.optimizer) : (value: number) => value;
    let range = { value: c.init_value, batches: 0 };
    const worst = { range: 0, gradient: 0, batches: 0 };
    c.trajectory.forEach((wanted, i) => {
      range = updateInputRange(range, sampleSd(flat(c.x[i])), hwt);
      const { dr } = pass(
        crossbars(hardware),
        shape,
        mapped,
        range.value,
        hwt,
        c.x[i],
        c.grad_output[i],
      );
      const after = step(range.value, dr);
      worst.range = Math.max(
        worst.range,
        share([range.value], [wanted.input_range_after_forward]),
        share([after], [wanted.input_range_after_step]),
      );
      worst.gradient = Math.max(worst.gradient, share([dr], [wanted.grad]));
      worst.batches = Math.max(worst.batches, Math.abs(range.batches - wanted.update_idx));
      range = { ...range, value: after };
    });
    return worst;
  });
}

/** SGD on one number, independent of the project's optimizer. */
function scalarSgd({ lr, momentum, nesterov, weight_decay }: z.infer<typeof sgdSettings>) {
  let velocity: number | null = null;
  return (value: number, gradient: number) => {
    const g = gradient + weight_decay * value;
    velocity = velocity === null ? g : momentum * velocity + g;
    return value - lr * (nesterov ? g + momentum * velocity : velocity);
  };
}
