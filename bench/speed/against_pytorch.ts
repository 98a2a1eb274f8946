/**
 * This workspace's network against PyTorch's, in the same run, taking turns.
 *
 * Two threads each is what the targets speak of. It says little while other programs use the processors, for
 * PyTorch's threads wait for each other spinning; CPU time with one thread each is what such load hardly moves.
 */
import process from "node:process";
import { InputError } from "../../src/input_error.ts";
import { alternate, type Timing } from "./alternate.ts";

const VENV = ".cache/venv-torch";
const REQUIREMENT = "torch==2.13.0";

/** Who takes turns: this workspace, and PyTorch in both memory formats. */
export type Timings = Record<"here" | "nchw" | "channels_last", Timing>;

/** Timings of N = 5, C = 16, batch 256, convolutions 3x3 on all six edges, with `threads` threads each. */
export async function againstPyTorch(
  mode: "train" | "inference",
  threads: number,
  turns: number,
): Promise<Timings> {
  const python = await pythonWithTorch();
  const size = ["16", "5", "256"]; // C, N, batch
  Deno.env.set("TF_NUM_INTRAOP_THREADS", `${threads}`);
  const pytorch = (
    layout: string,
  ) => [python, "bench/speed/worker.py", mode, `${threads}`, ...size, layout];
  const timings = await alternate({
    here: [Deno.execPath(), "run", "-A", "--no-check", "bench/speed/worker.ts", mode, ...size],
    nchw: pytorch("nchw"),
    channels_last: pytorch("channels_last"),
  }, turns);
  console.log(`${threads} thread${threads === 1 ? "" : "s"} each, medians of ${turns}:`);
  for (const [name, { seconds, cpu_s, peakMemory_GiB }] of Object.entries(timings)) {
    const label = name === "here" ? "this workspace" : `PyTorch ${name.replace("_", " ")}`;
    console.log(
      `  ${label.padEnd(22)} ${seconds.toFixed(3)} s, CPU ${cpu_s.toFixed(3)} s, ` +
        `${(256 / seconds).toFixed(0)} images/s, peak ${peakMemory_GiB.toFixed(2)} GiB`,
    );
  }
  return timings;
}

/** Prints whether `value` keeps to its target; status 1 where it does not. */
export function judge(label: string, value: number, target: number, kind: "at most" | "at least") {
  const reached = kind === "at most" ? value <= target : value >= target;
  console.log(`${reached ? "reached" : "MISSED"}: ${label} ${value.toFixed(2)}, ${kind} ${target}`);
  if (!reached) process.exitCode = 1;
}

async function pythonWithTorch(): Promise<string> {
  const python = `${VENV}/bin/python`;
  const has = (args: string[]) =>
    new Deno.Command(args[0], { args: args.slice(1), stdout: "null", stderr: "null" }).spawn()
      .status
      .then(({ success }) => success);
  if (!await Deno.stat(python).then(() => true, () => false)) {
    await has(["python3", "-m", "venv", VENV]);
  }
  if (await has([python, "-c", "import torch"])) return python;
  console.log(`installing ${REQUIREMENT} into ${VENV}`);
  if (await has([python, "-m", "pip", "install", "--quiet", REQUIREMENT, "numpy"])) return python;
  throw new InputError(
    `Cannot install ${REQUIREMENT} into ${VENV}. Check Python 3 and the network.`,
  );
}
