/** The recorded training runs of `data/measured/training`: here and in PyTorch, by seed. */
import { InputError } from "../input_error.ts";
import { join } from "node:path";
import { z } from "zod";
import type { EpochRecord } from "./checkpoint.ts";
import { readJson } from "../json_file.ts";
import { readRecords } from "./follow.ts";

/** Where recorded runs are kept. */
export const MEASURED_TRAINING = join(import.meta.dirname!, "../../data/measured/training");

const REMEDY = "Restore it with `git checkout -- data/measured/training`.";
const resultFile = z.looseObject({
  seed: z.int(),
  cell: z.string(),
  test_accuracy_pct: z.number(),
  plain_test_accuracy_pct: z.number(),
  seconds: z.number(),
});
const pytorchFile = z.looseObject({
  seed: z.int(),
  cell: z.array(z.int()),
  curve: z.array(z.custom<EpochRecord>()),
  seconds: z.number(),
  test_accuracy_pct: z.number(),
  augmented_test_accuracy_pct: z.number(),
});

/** A recorded run of twelve epochs over all 50,000 images. */
export interface MeasuredRun {
  readonly implementation: "here" | "pytorch";
  readonly seed: number;
  /** "(2,2,0,4,2,1)" */
  readonly cell: string;
  /** Of the test images as they are. */
  readonly test_accuracy_pct: number;
  /** Of the test images cropped and flipped, as the published script has them. */
  readonly augmented_test_accuracy_pct: number;
  /** Wall time of all training steps, the input pipeline included. */
  readonly seconds: number;
  readonly records: readonly EpochRecord[];
}

/** Names in a folder, sorted. Throws InputError where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`There is no folder ${folder}. ${REMEDY}`);
  }
}

/** All recorded runs: a folder `here_seed<S>` or a file `pytorch_seed<S>.json` each, in order of seeds. */
export async function measuredRuns(folder = MEASURED_TRAINING): Promise<readonly MeasuredRun[]> {
  const names = await namesIn(folder);
  const here = names.filter((name) => name.startsWith("here_seed")).map(
    async (name): Promise<MeasuredRun> => {
      const result = await readJson(join(folder, name, "result.json"), resultFile, REMEDY);
      return {
        implementation: "here",
        seed: result.seed,
        cell: result.cell,
        test_accuracy_pct: result.plain_test_accuracy_pct,
        augmented_test_accuracy_pct: result.test_accuracy_pct,
        seconds: result.seconds,
        records: await readRecords(join(folder, name)),
      };
    },
  );
  const pytorch = names.filter((name) => name.startsWith("pytorch_seed")).map(
    async (name): Promise<MeasuredRun> => {
      const { seed, cell, curve, seconds, test_accuracy_pct, augmented_test_accuracy_pct } =
        await readJson(join(folder, name), pytorchFile, REMEDY);
      return {
        implementation: "pytorch",
        seed,
        cell: `(${cell.join(",")})`,
        test_accuracy_pct,
        augmented_test_accuracy_pct,
        seconds,
        records: curve,
      };
    },
  );
  return await Promise.all([...here, ...pytorch]);
}
