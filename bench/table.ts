/**
 * Load the table and answer the first query, against the published Python package: at least 5 times
 * faster, counted as whole processes and from the moment the runtime is ready.
 *
 * Usage: deno run -A bench/table.ts. Makes a virtual environment with the package in .cache/.
 */
import { InputError } from "../src/input_error.ts";
import { WHEEL } from "../src/table/mod.ts";

const RUNS = 9;
/** The package asks for pkg_resources at run time, which setuptools dropped in version 81. */
const REQUIREMENTS = [WHEEL.requirement, "setuptools<81"];
const VENV = ".cache/venv-analog-nasbench";

/** Seconds of one run: the whole process, and what the program itself reports. */
interface Timing {
  readonly process: number;
  readonly inside: number;
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (success) return new TextDecoder().decode(stdout);
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new InputError(`${program} ${args.join(" ")} failed: ${reason}`);
}

async function time(program: string, args: string[]): Promise<Timing> {
  const start = performance.now();
  const [inside, answer] = (await run(program, args)).trim().split(" ").map(Number);
  const process = (performance.now() - start) / 1000;
  // hwt@1d of (2,2,0,4,2,1): both programs must have found the same number.
  if (answer !== 90.53) throw new Error(`${program} answered ${answer}, not 90.53.`);
  return { process, inside };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Medians of alternating runs, and how many times faster this workspace is. */
export async function tableBench() {
  const python = `${VENV}/bin/python`;
  const exists = await Deno.stat(python).then(() => true, () => false);
  if (!exists) await run("python3", ["-m", "venv", VENV]);
  await run(python, ["-m", "pip", "install", "--quiet", ...REQUIREMENTS]);
  const theirs: Timing[] = [], ours: Timing[] = [];
  for (let i = 0; i <= RUNS; i++) {
    const pair = [
      await time(python, ["-W", "ignore", "bench/table/first_query.py"]),
      await time(Deno.execPath(), ["run", "-A", "--no-check", "bench/table/first_query.ts"]),
    ];
    if (i === 0) continue; // The first pair warms the caches of both.
    theirs.push(pair[0]);
    ours.push(pair[1]);
  }
  return (["process", "inside"] as const).map((what) => {
    const [python, deno] = [theirs, ours].map((runs) => median(runs.map((run) => run[what])));
    return { what, python_s: python, deno_s: deno, times_faster: python / deno };
  });
}

if (import.meta.main) {
  for (const { what, python_s, deno_s, times_faster } of await tableBench()) {
    const label = what === "process" ? "whole process" : "after start of the runtime";
    console.log(
      `load and first query, ${label}: analog-nasbench ${python_s.toFixed(3)} s, ` +
        `here ${deno_s.toFixed(3)} s, ${times_faster.toFixed(1)} times faster (target 5)`,
    );
    if (times_faster < 5) Deno.exitCode = 1;
  }
}
