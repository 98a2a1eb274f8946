/** The simulator against AIHWKit 1.1.0 on the network of golden/aimc/perf.json, two threads each. */
import { alternate, type Timing } from "./alternate.ts";

const PYTHON = ".cache/venv-aihwkit/bin/python", THREADS = "2";
const PERF = "tests/golden/aimc/perf.json";

/** Names that perf.json has for what AIHWKit is timed at. */
const RECORDED = {
  analog_inference: "analog_inference_b128",
  hwt_step: "analog_hwt_train_step_b64",
  program: "program_all_tiles",
  drift: "drift_all_tiles",
} as const;

/**
 * Timings of `modes` of this workspace, and of AIHWKit in the mode `theirs`: taking turns where it is
 * installed (`python3 -m venv .cache/venv-aihwkit`, then pip install aihwkit==1.1.0 torch==2.10.0), else,
 * or with the argument "recorded", as recorded on the same kind of machine.
 */
export async function againstAihwkit<Mode extends string>(
  modes: readonly Mode[],
  theirs: keyof typeof RECORDED,
  batch: number,
  turns: number,
): Promise<Record<Mode | "aihwkit", Timing>> {
  Deno.env.set("TF_NUM_INTRAOP_THREADS", THREADS);
  const worker = "bench/speed/analog_worker.ts";
  const here = Object.fromEntries(modes.map((mode) => [
    mode,
    [Deno.execPath(), "run", "-A", "--no-check", worker, mode, String(batch)],
  ]));
  const python = ["bench/speed/aihwkit_worker.py", theirs, THREADS, String(batch)];
  const installed = !Deno.args.includes("recorded") && await new Deno.Command(PYTHON, {
    args: ["-W", "ignore", "-c", "import aihwkit.nn"],
    stdout: "null",
    stderr: "null",
  }).output().then(({ success }) => success, () => false);
  const programs = installed ? { ...here, aihwkit: [PYTHON, "-W", "ignore", ...python] } : here;
  const timings = await alternate(programs, turns, 1);
  if (!installed) timings.aihwkit = await recorded(theirs);
  console.log(installed ? "AIHWKit side by side" : `AIHWKit as recorded in ${PERF}`);
  for (const [name, { seconds, cpu_s }] of Object.entries(timings)) {
    console.log(`${name.padEnd(20)} ${seconds.toFixed(3)} s, CPU ${cpu_s.toFixed(3)} s`);
  }
  return timings as Record<Mode | "aihwkit", Timing>;
}

async function recorded(mode: keyof typeof RECORDED): Promise<Timing> {
  const perf = JSON.parse(await Deno.readTextFile(PERF))[RECORDED[mode]];
  const { clean_median_wall_s: seconds, clean_median_cpu_s: cpu_s } = perf;
  return { seconds, cpu_s, peakMemory_GiB: 0 };
}

/** A ratio for the README, by wall time and by CPU time (which other load moves little). */
export function report(key: string, slow: Timing, fast: Timing): number {
  const [wall, cpu] = [slow.seconds / fast.seconds, slow.cpu_s / fast.cpu_s];
  console.log(`value ${key} ${wall.toFixed(2)}`);
  console.log(`value ${key}_by_cpu_time ${cpu.toFixed(2)}`);
  return wall;
}
