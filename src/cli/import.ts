/** `deno task import`: weights that PyTorch wrote become a weight file of this workspace. */
import { InputError } from "../input_error.ts";
import { networkFor } from "../network/mod.ts";
import { readWeightFile, saveWeights, weightsIn } from "../train/mod.ts";
import { command, main, userPath } from "./command.ts";
import {
  architectureFrom,
  cellsPerStage,
  channels,
  configFrom,
  type ExperimentOptions,
  given,
  type NetworkOptions,
  networkSettings,
  withNetworkOptions,
} from "./experiment.ts";

type Options = Pick<ExperimentOptions, "channels" | "cellsPerStage"> & NetworkOptions;

async function importWeights(path: string, out: string, options: Options): Promise<void> {
  const file = await readWeightFile(path), stated = file.plan?.architecture;
  const isNamed = options.cell !== undefined || options.network !== undefined;
  if (!isNamed && stated === undefined) {
    throw new InputError(
      `${path} does not say which network it holds. Name it with --cell or --network.`,
    );
  }
  const architecture = isNamed ? architectureFrom(options) : stated!;
  // What the file says of its size counts where no option names one; another one is refused.
  const { channels, cellsPerStage } = options;
  const scale = { ...file.plan?.scale, ...given({ channels, cellsPerStage }) };
  const config = await configFrom(scale, { network: networkSettings(architecture) });
  const weights = weightsIn(file, networkFor(config, architecture));
  await saveWeights(out, { ...weights, origin: { ...weights.origin, imported: "from PyTorch" } });
  console.log(`${out}: ${weights.plan.architecture.text}`);
}

const program = withNetworkOptions(
  command(
    "import",
    "Takes the state of a network, written from PyTorch with safetensors, into a weight file.",
  ),
  "where the file does not say it: ",
)
  .argument("<file>", "written with safetensors.torch.save_file", userPath)
  .argument("<out>", "weight file to write", userPath)
  .addOption(channels())
  .addOption(cellsPerStage())
  .action(importWeights);

await main(program);
