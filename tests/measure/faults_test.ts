/**
 * What can go wrong while a study runs, each made to happen to real processes on real images: nothing that
 * was finished is lost, nothing is counted twice, and the words say what to do.
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { CACHE } from "@/cache.ts";
import { unitConfig, workFolder } from "@/cli/study_files.ts";
import { resolveConfig } from "@/config.ts";
import { configId } from "@/config_id.ts";
import { miniaturePlan, type Plan, planUnit } from "@/measure/mod.ts";
import { readRows, type Row } from "@/table/mod.ts";
import { runCommand } from "../cli/run.ts";
import { killUnit, measuring } from "./kill_unit.ts";

/** The smallest study that is one: two batches of training, a hundred test images. */
const [trial] = Object.values(miniaturePlan().configs);
const SMALL = resolveConfig({
  ...trial as object,
  network: { channels: 2, cellsPerStage: 1 },
  ptq: { calibrationImages: 64 },
  measurement: { trainImages: 512, testImages: 100, repeats: 1, inferenceTimes_s: [60] },
});
const ROWS = 7; // baseline, PTQ, QAT, noisy and HWT without a time, both at 60 s

const folder = await Deno.makeTempDir({ prefix: "study_faults_" });

/** Writes a plan of its own below the test's folder; `name` is the study's and must be new. */
async function writePlan(name: string, plan: Partial<Plan>): Promise<[string, Plan]> {
  const study = `test_${name}_${Deno.pid}`;
  const whole: Plan = { ...miniaturePlan(), configs: { tiny: SMALL }, ...plan, study };
  const path = join(folder, name, "plan.json");
  await Deno.mkdir(dirname(path));
  await Deno.writeTextFile(path, JSON.stringify(whole));
  return [path, whole];
}

const accuracies = (rows: Row[]) =>
  rows.map((
    { condition, t_inference_s, accuracy_pct },
  ) => [condition, t_inference_s, accuracy_pct]);
const rowsOf = (path: string, unit: string) =>
  readRows(join(dirname(path), "units", unit, "rows.parquet"));
const names = (path: string) =>
  Array.from(Deno.readDirSync(join(dirname(path), "units")), ({ name }) => name).sort();

Deno.test("studies and their faults", async (t) => {
  const [whole, plan] = await writePlan("whole", {});
  const [first, second] = plan.units.map(({ unit_id }) => unit_id);

  await t.step("two runs on one plan measure each unit once", async () => {
    const runs = await Promise.all(
      [0, 1].map(() => runCommand("run.ts", ["--plan", whole, "--jobs", "1"])),
    );
    for (const { code, err } of runs) assert.equal(code, 0, err);
    const measured = runs.map(({ out }) => Number(out.match(/(\d+) units? measured now/)![1]));
    assert.equal(measured[0] + measured[1], 2, "counted once");
    assert.deepEqual(names(whole), [first, second].sort());
    const { code, out, err } = await runCommand("collect.ts", ["--plan", whole]);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`${2 * ROWS} rows of 2 of 2 units`));
    const record = JSON.parse(
      await Deno.readTextFile(join(dirname(whole), "units", first, "unit.json")),
    );
    assert.equal(record.config_id, configId(unitConfig(plan, plan.units[0])));
    assert.match(record.code_revision, /^([0-9a-f]{40}\+?|unknown)$/);
    assert.ok(record.core_seconds.baseline > 0);
  });

  await t.step(
    "a unit killed at several moments ends with the rows of an undisturbed one",
    async () => {
      const [path, killed] = await writePlan("killed", { units: [plan.units[0]] });
      const work = workFolder(killed, killed.units[0]);
      for (const file of ["baseline/epochs.jsonl", "qat.json", "hwt/epochs.jsonl"]) {
        await killUnit(file, work, [path, first]);
      }
      const { code, err } = await runCommand("run.ts", ["--plan", path, "--jobs", "1"]);
      assert.equal(code, 0, err);
      assert.deepEqual(
        accuracies(await rowsOf(path, first)),
        accuracies(await rowsOf(whole, first)),
      );
      const again = await runCommand("measure_cell.ts", ["--plan", path, "--unit", first]);
      assert.match(again.out, /is finished already/);
    },
  );

  await t.step("a diverging unit is reported at the end, the others are measured", async () => {
    const wild = resolveConfig({ ...SMALL, training: { ...SMALL.training, learningRate: 1e30 } });
    const [path] = await writePlan("diverging", {
      configs: { tiny: SMALL, wild },
      units: [planUnit(7_611, 0, "wild", "diverges"), plan.units[1]],
    });
    const { code, out, err } = await runCommand("run.ts", ["--plan", path, "--jobs", "2"]);
    assert.equal(code, 1);
    assert.match(err, /failed: 220421-s0-wild: error: Training diverged/);
    assert.match(out, /1 units measured now, 1 of 2 left/);
    assert.deepEqual(names(path), [second]);
    const collected = await runCommand("collect.ts", ["--plan", path]);
    assert.equal(collected.code, 1);
    assert.match(collected.err, /missing: 220421-s0-wild/);
    assert.match(collected.out, new RegExp(`${ROWS} rows of 1 of 2 units`));
  });

  await t.step("a full disk loses no finished stage", async () => {
    const [path, full] = await writePlan("full", { units: [plan.units[0]] });
    // Files of more than 8 blocks of 512 bytes cannot be written: a checkpoint has more.
    const { code, stderr } = await new Deno.Command("sh", {
      args: [
        "-c",
        'trap "" XFSZ; ulimit -f 8; exec "$@"',
        "sh",
        Deno.execPath(),
        ...measuring(path, first),
      ],
    }).output();
    assert.equal(code, 1);
    assert.match(new TextDecoder().decode(stderr), /error: Cannot write .*free space/);
    const after = await runCommand("measure_cell.ts", ["--plan", path, "--unit", first]);
    assert.equal(after.code, 0, after.err);
    assert.deepEqual(accuracies(await rowsOf(path, first)), accuracies(await rowsOf(whole, first)));
    await Deno.remove(workFolder(full, full.units[0]), { recursive: true });
  });

  await t.step(
    "a damaged row file and rows of another config are named, and measured again",
    async () => {
      const file = join(dirname(whole), "units", first, "rows.parquet");
      const bytes = await Deno.readFile(file);
      await Deno.writeFile(file, bytes.subarray(0, bytes.length / 2));
      const truncated = await runCommand("collect.ts", ["--plan", whole]);
      assert.equal(truncated.code, 1);
      assert.match(truncated.err, new RegExp(`damaged: ${first}: .* no whole Parquet file`));
      assert.match(truncated.out, new RegExp(`${ROWS} rows of 1 of 2 units`));
      await Deno.writeFile(file, bytes);

      const other = { ...plan, configs: { tiny: resolveConfig({ ...SMALL, qat: { epochs: 3 } }) } };
      await Deno.writeTextFile(join(dirname(whole), "other.json"), JSON.stringify(other));
      const foreign = await runCommand("collect.ts", [
        "--plan",
        join(dirname(whole), "other.json"),
      ]);
      assert.match(foreign.err, /no whole finished unit|config_id/);
    },
  );

  await t.step("a plan of another version is refused by every command", async () => {
    const path = join(folder, "old.json");
    await Deno.writeTextFile(path, JSON.stringify({ ...plan, version: 0 }));
    for (const task of ["run.ts", "collect.ts", "submit.ts"]) {
      const { code, err } = await runCommand(task, ["--plan", path]);
      assert.equal(code, 1);
      assert.match(err, /old\.json: a plan of version 0; this workspace reads version 1/);
    }
  });

  for await (const { name } of Deno.readDir(join(CACHE, "studies"))) {
    if (/^test_/.test(name) && name.endsWith(`_${Deno.pid}`)) {
      await Deno.remove(join(CACHE, "studies", name), { recursive: true });
    }
  }
  await Deno.remove(folder, { recursive: true });
});
