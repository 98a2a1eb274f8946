/** Quantized copies of the recorded training runs, kept beside them in `data/measured/training`. */
import { InputError } from "../input_error.ts";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../json_file.ts";
import { MEASURED_TRAINING } from "../train/mod.ts";

const RESTORE =
  "Restore it with `git checkout -- data/measured`, or make it again with `deno task quantize`.";

/** What of a file is read here. */
const controls = z.object({
  runs: z.array(z.object({
    quantized: z.boolean(),
    learning_rate: z.number(),
    steps: z.int(),
    test_accuracy_pct: z.number(),
  })),
});
const quantization = z.object({
  seed: z.int(),
  method: z.enum(["ptq", "qat"]),
  config: z.object({
    protocol: z.string(),
    ptq: z.object({ observer: z.string() }),
    qat: z.object({ epochs: z.int() }),
  }),
  float_accuracy_pct: z.number(),
  test_accuracy_pct: z.number(),
});

/** One quantization of a recorded run. */
export interface MeasuredQuantization {
  /** Seed of the trained network. */
  readonly seed: number;
  readonly method: "ptq" | "qat";
  /** How activation ranges were chosen: PTQ's observer; QAT moves an average. */
  readonly observer: string;
  /** Epochs of QAT; 0 for PTQ. */
  readonly epochs: number;
  readonly protocol: string;
  /** Of the network that was quantized. */
  readonly float_accuracy_pct: number;
  readonly test_accuracy_pct: number;
}

/** Accuracy after some steps of QAT's optimizer from a trained network; see `measuredQatControls`. */
export interface QatControl {
  /** False: the same training without any quantization. */
  readonly quantized: boolean;
  /** Of Adam, constant. */
  readonly learning_rate: number;
  /** Batches of 256 images; 0 for the network as it was trained. */
  readonly steps: number;
  /** On the first 2,000 test images; of the integer network where `quantized`. */
  readonly test_accuracy_pct: number;
}

/** What tells the recipe's part in QAT's loss of accuracy from quantization's (`bench/quantize`). */
export async function measuredQatControls(
  folder = MEASURED_TRAINING,
): Promise<readonly QatControl[]> {
  return (await readJson(join(folder, "qat_control.json"), controls, RESTORE)).runs;
}

/** Names in a folder. Throws InputError where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`There is no folder ${folder}. ${RESTORE}`);
  }
}

/** All recorded quantizations, in order of seed, method and observer. */
export async function measuredQuantizations(
  folder = MEASURED_TRAINING,
): Promise<readonly MeasuredQuantization[]> {
  const below = async (path: string, pattern: RegExp) =>
    (await namesIn(path))
      .filter((name) => pattern.test(name)).sort().map((name) => join(path, name));
  const runs = await below(folder, /^here_seed/);
  const results = (await Promise.all(runs.map((run) => below(run, /^(ptq_|qat$)/)))).flat();
  return await Promise.all(results.map(async (path) => {
    const result = await readJson(join(path, "result.json"), quantization, RESTORE);
    const { seed, method, config, float_accuracy_pct, test_accuracy_pct } = result;
    return {
      seed,
      method,
      observer: method === "ptq" ? config.ptq.observer : "moving average",
      epochs: method === "ptq" ? 0 : config.qat.epochs,
      protocol: config.protocol,
      float_accuracy_pct,
      test_accuracy_pct,
    };
  }));
}
