/**
 * What a training step pays whatever its batch: processor time of a digital step at batch 64 and at 256, and of a
 * hardware-aware one at 64, in turns on one thread. A straight line through the two sizes splits the step at 64 into
 * what goes with the images and what every operation of the step costs once. Nothing is judged.
 *
 * Usage: deno task bench step_by_batch
 */
import { alternate } from "./speed/alternate.ts";

const SMALL = 64, LARGE = 256, TURNS = 5;

Deno.env.set("TF_NUM_INTRAOP_THREADS", "1");
const step = (mode: string, batch: number) => [
  ...[Deno.execPath(), "run", "-A", "--no-check"],
  ...["bench/speed/analog_worker.ts", mode, String(batch)],
];
const timings = await alternate(
  {
    small: step("digital_step", SMALL),
    large: step("digital_step", LARGE),
    hwt: step("hwt_step", SMALL),
  },
  TURNS,
  1,
);
const { small, large, hwt } = timings;
const image_s = (large.cpu_s - small.cpu_s) / (LARGE - SMALL);
const once_s = small.cpu_s - SMALL * image_s;
console.log(
  `digital ${small.cpu_s.toFixed(2)} s at ${SMALL}, ${large.cpu_s.toFixed(2)} s at ${LARGE}`,
);
/** An image's processor time at the small batch, of that at the large one. */
console.log(
  `value image_at_64_of_256 ${((small.cpu_s / SMALL) / (large.cpu_s / LARGE)).toFixed(2)}`,
);
console.log(`value once_share_at_64 ${(once_s / small.cpu_s).toFixed(2)}`);
console.log(`value hwt_times_digital ${(hwt.cpu_s / small.cpu_s).toFixed(2)}`);
