/**
 * Analog inference at batch 128, fresh Gaussian noise for every output: at least 15 times AIHWKit 1.1.0 and
 * within 1.6 times digital inference here. `stock_inference` is the same in TensorFlow's own operations,
 * which is why there is a kernel.
 *
 * Usage: deno task bench analog_inference
 */
import { againstAihwkit, report } from "./speed/against_aihwkit.ts";
import { judge } from "./speed/against_pytorch.ts";

const modes = ["digital_inference", "analog_inference", "stock_inference"] as const;
const turns = Number(Deno.args[0] ?? 5);
const times = await againstAihwkit(modes, "analog_inference", 128, turns);
const { digital_inference: digital, analog_inference: analog, stock_inference: stock } = times;
judge("times AIHWKit", report("times_aihwkit", times.aihwkit, analog), 15, "at least");
judge("times digital inference", report("times_digital", analog, digital), 1.6, "at most");
report("stock_operations_times_kernel", stock, analog);
console.log(`value images_per_s ${(128 / analog.seconds).toFixed(0)}`);
