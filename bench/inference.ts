/**
 * Inference of a trained network at N = 5, C = 16, batch 256, against PyTorch in evaluation mode: at least 0.9
 * of the speed of channels-last.
 *
 * Usage: deno task bench inference. Makes a virtual environment with PyTorch in .cache/.
 */
import { againstPyTorch, judge } from "./speed/against_pytorch.ts";

const { here, channels_last } = await againstPyTorch("inference", Number(Deno.args[0] ?? 15));
judge("speed, of PyTorch channels-last", channels_last.seconds / here.seconds, 0.9, "at least");
judge("the same by CPU time", channels_last.cpu_s / here.cpu_s, 0.9, "at least");
