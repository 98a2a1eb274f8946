/** `deno task import`: weights that PyTorch wrote become a weight file of this workspace. */
import { InputError } from "../input_error.ts";
import { networkPlan } from "../network/mod.ts";
import { parseCell } from "../space/mod.ts";
import { readWeightFile, saveWeights, weightsIn } from "../train/mod.ts";
import { command, main, userPath } from "./command.ts";
import {
  cellsPerStage,
  channels,
  configFrom,
  type ExperimentOptions,
  given,
} from "./experiment.ts";

type Options = Pick<ExperimentOptions, "channels" | "cellsPerStage"> & { readonly cell?: string };

async function importWeights(path: string, out: string, options: Options): Promise<void> {
  const file = await readWeightFile(path), cell = options.cell ?? file.plan?.architecture.text;
  if (cell === undefined) {
    throw new InputError(`${path} does not say which cell it holds. Name it with --cell.`);
  }
  // What the file says of its size counts where no option names one; another one is refused.
  const { channels, cellsPerStage } = options;
  const { network } = await configFrom({
    ...file.plan?.scale,
    ...given({ channels, cellsPerStage }),
  });
  const weights = weightsIn(file, networkPlan(parseCell(cell), network));
  await saveWeights(out, { ...weights, origin: { ...weights.origin, imported: "from PyTorch" } });
  console.log(`${out}: ${weights.plan.architecture.text}`);
}

const program = command(
  "import",
  "Takes the state of a NAS-Bench-201 network, written from PyTorch with safetensors, into a weight file.",
)
  .argument("<file>", "written with safetensors.torch.save_file", userPath)
  .argument("<out>", "weight file to write", userPath)
  .option("--cell <cell>", "which cell it is; not needed where the file says it")
  .addOption(channels())
  .addOption(cellsPerStage())
  .action(importWeights);

await main(program);
