/**
 * Twelve epochs of the cell (2,2,0,4,2,1) at C = 16, N = 1 on all 50,000 images, here and in PyTorch: the
 * accuracies must differ by no more than the spread of seeds.
 *
 * Compares the runs recorded in data/measured/training. `deno run -A bench/training.ts --train 3` makes
 * those of the first three seeds that are missing (ten minutes each and more; killed, it goes on where it
 * stopped); PYTORCH_PYTHON names a Python with torch.
 */
import { join } from "node:path";
import process from "node:process";
import { measuredQatControls, measuredQuantizations } from "../src/quantize/mod.ts";
import { MEASURED_TRAINING, measuredRuns } from "../src/train/mod.ts";

const CELL = "(2,2,0,4,2,1)", DIGITS = "220421";
const SIZE = { channels: "16", cellsPerStage: "1", epochs: "12" };
const RUNS = ".cache/training";

async function run(program: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(program, { args }).spawn().status;
  if (!success) throw new Error(`${program} ${args.join(" ")} failed.`);
}

const isThere = (path: string) => Deno.stat(path).then(() => true, () => false);

async function trainHere(seed: number): Promise<void> {
  const name = `here_seed${seed}`, kept = join(MEASURED_TRAINING, name), out = join(RUNS, name);
  if (await isThere(kept)) return;
  await run(Deno.execPath(), [
    ...["run", "-A", "--no-check", "src/cli/train.ts", "--cell", CELL, "--seed", String(seed)],
    ...["--channels", SIZE.channels, "--cells-per-stage", SIZE.cellsPerStage],
    ...["--epochs", SIZE.epochs, "--protocol", "as_published", "--out", out],
  ]);
  await Deno.mkdir(kept, { recursive: true });
  for (const file of ["epochs.jsonl", "result.json", "weights.safetensors"]) {
    await Deno.copyFile(join(out, file), join(kept, file));
  }
}

async function trainInPyTorch(seed: number): Promise<void> {
  const out = join(MEASURED_TRAINING, `pytorch_seed${seed}.json`);
  if (await isThere(out)) return;
  const python = Deno.env.get("PYTORCH_PYTHON") ?? ".cache/venv-torch/bin/python";
  const { channels, cellsPerStage, epochs } = SIZE;
  const settings = [DIGITS, channels, cellsPerStage, epochs, String(seed)];
  await run(python, ["bench/pytorch/train.py", ".cache/cifar10/cifar10.bin", out, ...settings]);
}

if (Deno.args[0] === "--train") {
  for (let seed = 0; seed < Number(Deno.args[1]); seed++) {
    await trainHere(seed);
    await trainInPyTorch(seed);
  }
}

const runs = await measuredRuns();
const summary = (implementation: "here" | "pytorch") => {
  const own = runs.filter((run) => run.implementation === implementation);
  const accuracies = own.map((run) => run.test_accuracy_pct);
  const mean = accuracies.reduce((a, b) => a + b, 0) / accuracies.length;
  const squares = accuracies.reduce((sum, a) => sum + (a - mean) ** 2, 0);
  const sd = Math.sqrt(squares / Math.max(accuracies.length - 1, 1));
  // The quickest epoch of all: other processes only ever slow one down.
  const epoch_s = Math.min(...own.flatMap((run) => run.records.map(({ seconds }) => seconds)));
  console.log(
    `${implementation.padEnd(8)} ${accuracies.map((a) => a.toFixed(2)).join(" ")} %: ` +
      `mean ${mean.toFixed(2)}, sd ${sd.toFixed(2)}, quickest epoch ${epoch_s.toFixed(1)} s`,
  );
  console.log(`value ${implementation}_accuracy_pct ${mean.toFixed(2)}`);
  console.log(`value ${implementation}_epoch_s ${epoch_s.toFixed(1)}`);
  console.log(`value ${implementation}_minutes ${(epoch_s * Number(SIZE.epochs) / 60).toFixed(1)}`);
  console.log(`value ${implementation}_low_pct ${Math.min(...accuracies).toFixed(2)}`);
  console.log(`value ${implementation}_high_pct ${Math.max(...accuracies).toFixed(2)}`);
  console.log(`value ${implementation}_seeds ${accuracies.length}`);
  return { mean, sd, accuracies };
};
const [here, pytorch] = [summary("here"), summary("pytorch")];
const difference = Math.abs(here.mean - pytorch.mean);
const all = [...here.accuracies, ...pytorch.accuracies];
const spread = Math.max(...all) - Math.min(...all);
const quantizations = await measuredQuantizations();
const changes = quantizations.filter(({ method }) => method === "ptq")
  .map((ptq) => Math.abs(ptq.test_accuracy_pct - ptq.float_accuracy_pct));
console.log(`value ptq_change_points ${Math.max(...changes).toFixed(2)}`);
const qat = quantizations.find(({ method }) => method === "qat")!;
console.log(`value qat_epochs ${qat.epochs}`);
console.log(`value qat_accuracy_pct ${qat.test_accuracy_pct}`);
console.log(`value qat_float_accuracy_pct ${qat.float_accuracy_pct}`);
const [before, ...after] = (await measuredQatControls()).map((run) => run.test_accuracy_pct);
for (const [k, name] of ["recipe", "unquantized", "gentle"].entries()) {
  console.log(`value qat_${name}_points ${(after[k] - before).toFixed(2)}`);
}
console.log(`value difference_points ${difference.toFixed(2)}`);
if (here.accuracies.length < 2 || pytorch.accuracies.length < 2) {
  console.log(`difference ${difference.toFixed(2)} points; one seed on a side shows no spread`);
} else {
  // Twice the standard error of a difference of two means.
  const variances = [here, pytorch].map(({ sd, accuracies }) => sd ** 2 / accuracies.length);
  const allowed = 2 * Math.sqrt(variances[0] + variances[1]);
  const ok = difference <= allowed;
  console.log(`value allowed_points ${allowed.toFixed(2)}`);
  console.log(
    `${ok ? "reached" : "MISSED"}: the means differ by ${difference.toFixed(2)} points, ` +
      `seeds alone allow ${allowed.toFixed(2)} (all runs lie within ${spread.toFixed(2)})`,
  );
  if (!ok) process.exitCode = 1;
}
