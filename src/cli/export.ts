/** `deno task export`: weights out of a run's checkpoint, finished or not, for PyTorch. */
import { join } from "node:path";
import { z } from "zod";
import { resolveConfig } from "../config.ts";
import { InputError } from "../input_error.ts";
import { readJson } from "../json_file.ts";
import { networkFor } from "../network/mod.ts";
import { identified, identityOf, type StatedIdentity } from "../space/mod.ts";
import { CHECKPOINT, differences, readCheckpoint, saveWeights, stateOf } from "../train/mod.ts";
import { command, main, userPath } from "./command.ts";

/** What `deno task train` says of a run. */
const runFile = z.looseObject({
  cell: z.string().optional(),
  space: z.string().optional(),
  architecture: z.string().optional(),
  seed: z.int(),
  config_id: z.string(),
  config: z.looseObject({}),
});
const REMEDY = "Run the `deno task train` of this folder again: it writes the file and keeps " +
  "the checkpoint.";

async function exportWeights(folder: string, file: string): Promise<void> {
  const checkpoint = await readCheckpoint(join(folder, CHECKPOINT));
  if (checkpoint === null) {
    throw new InputError(
      `${folder} holds no ${CHECKPOINT}: no epoch of it is finished, or it is no run.`,
    );
  }
  const path = join(folder, "run.json");
  const run = await readJson(path, runFile, REMEDY), { seed, config_id } = run;
  const architecture = identified(run);
  if (architecture === null) throw new InputError(`${path} names no network. ${REMEDY}`);
  const { seed: trainedSeed, settings } = checkpoint.identity as unknown as TrainingIdentity;
  const { cell, space, architecture: text } = settings;
  const trained = {
    ...(space ? { space, architecture: text! } : { cell: cell! }),
    seed: trainedSeed,
  };
  const differing = differences({ ...identityOf(architecture), seed }, trained);
  if (differing.length > 0) {
    throw new InputError(
      `${path} is not of the run whose checkpoint lies beside it: ${
        differing.join("; ")
      }. Put the ` +
        `run's own file there, or train again in another folder.`,
    );
  }
  const plan = networkFor(resolveConfig(run.config), architecture);
  const origin = {
    seed: String(seed),
    config_id,
    epoch: String(checkpoint.epoch),
    ...(settings.threads !== undefined && { threads: String(settings.threads) }),
  };
  await saveWeights(file, { plan, state: stateOf(checkpoint.tensors), origin });
  console.log(
    `${file}: ${Object.values(identityOf(architecture)).at(-1)} after epoch ${checkpoint.epoch}`,
  );
}

/** What the checkpoint of a baseline says of its run. */
interface TrainingIdentity {
  readonly seed: number;
  readonly settings: StatedIdentity & { readonly threads?: number };
}

const program = command(
  "export",
  "Writes the weights of a run as safetensors, by the names and in the layout of its network in PyTorch.",
)
  .argument("<run>", "folder of a run, e.g. runs/220421-...", userPath)
  .argument("<file>", "to write, e.g. weights.safetensors", userPath)
  .action(exportWeights);

await main(program);
