/**
 * One training step (forward, backward, SGD) at N = 5, C = 16, batch 256, against PyTorch: at most 1.25 times
 * channels-last, under 4 GB.
 *
 * Usage: deno task bench train_step. Makes a virtual environment with PyTorch in .cache/.
 */
import { againstPyTorch, judge } from "./speed/against_pytorch.ts";

const GB = 2 ** 30 / 1e9; // in a GiB

const two = await againstPyTorch("train", 2, 5), one = await againstPyTorch("train", 1, 5);
const ratio = two.here.seconds / two.channels_last.seconds;
const cpuRatio = one.here.cpu_s / one.channels_last.cpu_s;
const memory_GB = two.here.peakMemory_GiB * GB;
judge("step, times PyTorch channels-last", ratio, 1.25, "at most");
judge("CPU time with one thread, times PyTorch channels-last", cpuRatio, 1.25, "at most");
judge("peak memory, GB", memory_GB, 4, "at most");
console.log(`value times_as_fast ${(1 / ratio).toFixed(2)}`);
console.log(`value step_ratio ${ratio.toFixed(2)}`);
console.log(`value cpu_ratio_one_thread ${cpuRatio.toFixed(2)}`);
console.log(`value step_s ${two.here.seconds.toFixed(2)}`);
console.log(`value peak_memory_GB ${memory_GB.toFixed(2)}`);
console.log(`value pytorch_step_s ${two.channels_last.seconds.toFixed(2)}`);
console.log(`value pytorch_peak_memory_GB ${(two.channels_last.peakMemory_GiB * GB).toFixed(2)}`);
