/**
 * Inference of a trained network at N = 5, C = 16, batch 256, against PyTorch in evaluation mode: at least 0.9
 * of the speed of channels-last.
 *
 * Usage: deno task bench inference. Makes a virtual environment with PyTorch in .cache/.
 */
import { againstPyTorch, judge } from "./speed/against_pytorch.ts";

const two = await againstPyTorch("inference", 2, 9), one = await againstPyTorch("inference", 1, 9);
const speed = two.channels_last.seconds / two.here.seconds;
const cpuSpeed = one.channels_last.cpu_s / one.here.cpu_s;
judge("speed, of PyTorch channels-last", speed, 0.9, "at least");
judge("the same by CPU time with one thread", cpuSpeed, 0.9, "at least");
console.log(`value speed_ratio ${speed.toFixed(2)}`);
console.log(`value cpu_speed_ratio_one_thread ${cpuSpeed.toFixed(2)}`);
console.log(`value images_per_s ${(256 / two.here.seconds).toFixed(0)}`);
console.log(`value pytorch_images_per_s ${(256 / two.channels_last.seconds).toFixed(0)}`);
