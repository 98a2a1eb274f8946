/**
 * Two units of a study at once with a thread each, against one after the other with two threads: the same
 * two units by `deno task run --jobs 2` and `--jobs 1`, taking turns. What the default of `--jobs` rests on.
 *
 * Usage: deno task bench units [turns], on a machine that does nothing else (a turn takes minutes).
 */
import { join } from "node:path";
import { median } from "simple-statistics";
import { resolveConfig } from "../src/config.ts";
import { InputError } from "../src/input_error.ts";
import { miniaturePlan, type Plan, planUnit } from "../src/measure/mod.ts";
import { judge } from "./speed/against_pytorch.ts";

const CONFIG = resolveConfig({
  protocol: "as_published",
  network: { channels: 8, cellsPerStage: 1 },
  training: { epochs: 1 },
  qat: { epochs: 1 },
  hwt: { epochs: 1 },
  measurement: { trainImages: 10_000, testImages: 1_000, repeats: 2 },
});
const CELLS = [7_611, 11_110]; // (2,2,0,4,2,1) and (3,2,3,4,2,0)
const WORK = join(".cache", "studies");

/** Seconds of one whole run of both units, started from nothing. */
async function time(jobs: number, turn: number): Promise<number> {
  const study = `bench_units_${Deno.pid}_${jobs}_${turn}`;
  const folder = await Deno.makeTempDir({ prefix: "bench_units_" });
  const plan: Plan = {
    ...miniaturePlan(),
    study,
    configs: { small: CONFIG },
    units: CELLS.map((cell) => planUnit(cell, 0, "small", "timed")),
  };
  const path = join(folder, "plan.json");
  await Deno.writeTextFile(path, JSON.stringify(plan));
  const start = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "src/cli/run.ts", "--plan", path, "--jobs", String(jobs)],
  }).output();
  const seconds = (performance.now() - start) / 1000;
  await Deno.remove(folder, { recursive: true });
  await Deno.remove(join(WORK, study), { recursive: true });
  if (!success) throw new InputError(new TextDecoder().decode(stderr).trim());
  return seconds;
}

const turns = Number(Deno.args[0] ?? 3), together: number[] = [], inTurn: number[] = [];
for (let turn = 0; turn < turns; turn++) {
  together.push(await time(2, turn));
  inTurn.push(await time(1, turn));
  console.log(
    `two units at once: ${together[turn].toFixed(1)} s, one after the other: ${
      inTurn[turn].toFixed(1)
    } s`,
  );
}
const ratio = median(inTurn) / median(together);
judge("one after the other, times two at once", ratio, 1, "at least");
console.log(`value at_once_s ${median(together).toFixed(1)}`);
console.log(`value one_after_the_other_s ${median(inTurn).toFixed(1)}`);
console.log(`value ratio ${ratio.toFixed(2)}`);
