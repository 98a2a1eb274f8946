/**
 * One training step (forward, backward, SGD) at N = 5, C = 16, batch 256, against PyTorch: at most 1.25 times
 * channels-last, under 4 GB.
 *
 * Usage: deno task bench train_step. Makes a virtual environment with PyTorch in .cache/.
 */
import { againstPyTorch, judge } from "./speed/against_pytorch.ts";

const { here, channels_last } = await againstPyTorch("train", Number(Deno.args[0] ?? 7));
judge("step, times PyTorch channels-last", here.seconds / channels_last.seconds, 1.25, "at most");
judge("CPU time, times PyTorch channels-last", here.cpu_s / channels_last.cpu_s, 1.25, "at most");
judge("peak memory, GiB", here.peakMemory_GiB, 4 / 1.073741824, "at most");
