/**
 * All 78 Kendall taus of the table, against SciPy's `kendalltau`: no slower, and the same numbers. Both
 * programs read the same raw file, in alternating processes; timed are the first computation of a
 * process, which compiles ours, and the later ones.
 *
 * Usage: deno run -A bench/kendall.ts. Makes a virtual environment with SciPy in .cache/.
 */
import { median } from "simple-statistics";
import { InputError } from "../src/input_error.ts";
import { loadReference, PUBLISHED_METRICS } from "../src/table/mod.ts";

const REQUIREMENTS = ["numpy==2.4.6", "scipy==1.17.1"];
const VENV = ".cache/venv-scipy";
const ROUNDS = 7, REPETITIONS = 6;

interface Taus {
  readonly seconds: readonly number[];
  readonly taus: readonly number[];
}

async function run(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  if (success) return new TextDecoder().decode(stdout);
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new InputError(`${program} ${args.join(" ")} failed: ${reason}`);
}

/** Seconds of the first and of later computations, medians over all processes. */
const timing = (results: Taus[]) => ({
  first: median(results.map(({ seconds }) => seconds[0])),
  later: median(results.flatMap(({ seconds }) => seconds.slice(1))),
});

const python = `${VENV}/bin/python`;
const exists = await Deno.stat(python).then(() => true, () => false);
if (!exists) await run("python3", ["-m", "venv", VENV]);
await run(python, ["-m", "pip", "install", "--quiet", ...REQUIREMENTS]);

const benchmark = await loadReference();
const file = await Deno.makeTempFile({ suffix: ".f64" });
const scipy: Taus[] = [], ours: Taus[] = [];
try {
  const columns = PUBLISHED_METRICS.map((metric) => benchmark.accuracy(metric));
  await Deno.writeFile(
    file,
    new Uint8Array(Float64Array.from(columns.flatMap((c) => [...c])).buffer),
  );
  const args = [file, String(REPETITIONS)];
  for (let round = 0; round < ROUNDS; round++) {
    scipy.push(JSON.parse(await run(python, ["bench/kendall/taus.py", ...args])));
    ours.push(
      JSON.parse(
        await run(Deno.execPath(), ["run", "-A", "--no-check", "bench/kendall/taus.ts", ...args]),
      ),
    );
  }
} finally {
  await Deno.remove(file);
}

const apart = Math.max(...ours[0].taus.map((tau, k) => Math.abs(tau - scipy[0].taus[k])));
if (!(apart < 1e-12)) throw new Error(`The taus differ from SciPy's by up to ${apart}.`);

console.log("78 Kendall taus of 15,625 cells: SciPy, here, ratio (target 1)");
const [theirs, here] = [timing(scipy), timing(ours)];
for (const when of ["first", "later"] as const) {
  const ratio = theirs[when] / here[when];
  const milliseconds = (s: number) => `${(1000 * s).toFixed(0)} ms`;
  console.log(
    `${when} in a process: ${milliseconds(theirs[when])}, ${milliseconds(here[when])}, ${
      ratio.toFixed(2)
    }`,
  );
  console.log(`value ${when}_ratio ${ratio.toFixed(2)}`);
  if (ratio < 1) Deno.exitCode = 1;
}
