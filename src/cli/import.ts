/** `deno task import`: weights that PyTorch wrote become a weight file of this workspace. */
import { networkPlan } from "../network/mod.ts";
import { parseCell } from "../space/mod.ts";
import { loadWeights, saveWeights } from "../train/mod.ts";
import { command, main } from "./command.ts";
import { cellsPerStage, channels, configFrom, type ExperimentOptions } from "./experiment.ts";

type Options = Pick<ExperimentOptions, "channels" | "cellsPerStage"> & { readonly cell: string };

async function importWeights(file: string, out: string, options: Options): Promise<void> {
  const { network } = await configFrom(options);
  const weights = await loadWeights(file, networkPlan(parseCell(options.cell), network));
  await saveWeights(out, { ...weights, origin: { imported: "from PyTorch" } });
  console.log(`${out}: ${weights.plan.architecture.text}`);
}

const program = command(
  "import",
  "Takes the state of a NAS-Bench-201 network, written from PyTorch with safetensors, into a weight file.",
)
  .argument("<file>", "written with safetensors.torch.save_file")
  .argument("<out>", "weight file to write")
  .requiredOption("--cell <cell>", "which cell it is")
  .addOption(channels())
  .addOption(cellsPerStage())
  .action(importWeights);

await main(program);
