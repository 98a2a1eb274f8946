/** One network of each other space from nothing through all conditions, killed on the way and resumed. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { CACHE } from "@/cache.ts";
import { workFolder } from "@/cli/study_files.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { networkUnit, type Plan, PLAN_VERSION, WEIGHT_FILES } from "@/measure/mod.ts";
import { parseArchitecture } from "@/space/mod.ts";
import { readRows } from "@/table/mod.ts";
import { output } from "@/child_process.ts";
import { killUnit, measuring } from "./kill_unit.ts";

/** Two batches of training, a hundred test images. */
const SMALL = {
  training: { epochs: 1 },
  ptq: { calibrationImages: 64 },
  hwt: { epochs: 1, inputRangeBatches: 1 },
  measurement: { trainImages: 512, testImages: 100, repeats: 2, inferenceTimes_s: [60] },
} as const satisfies PartialConfig;
const WITH_QAT = ["baseline", "hwt", "hwt@60s", "noisy", "noisy@60s", "ptq", "qat"];
const NETWORKS = [
  {
    text: "resnet:1x4-1x8-1x16:B",
    config: { ...SMALL, network: { space: "resnet" }, qat: { epochs: 1 } },
    metrics: WITH_QAT,
    isWholeAnalog: true,
  },
  {
    text: "analognas:4:1x2w0.5,1x1w0.7",
    config: { ...SMALL, network: { space: "analognas" }, qat: { epochs: 0 } },
    metrics: WITH_QAT.filter((metric) => metric !== "qat"),
    isWholeAnalog: true,
  },
  {
    // every operation but average pooling
    text: "darts:30 31|20 61|50 22|02 33/00 41|22 01|00 22|22 21",
    config: {
      ...SMALL,
      network: { space: "darts", channels: 2, cellsPerStage: 1 },
      qat: { epochs: 1 },
    },
    metrics: WITH_QAT,
    isWholeAnalog: false,
  },
] as const;

const env = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" };
const folder = await Deno.makeTempDir({ prefix: "resumed_spaces_" });

/** Writes a plan of one unit, that of network `n`. */
async function writePlan(name: string, n: number): Promise<[string, Plan, string]> {
  const { text, config } = NETWORKS[n];
  const unit = networkUnit(parseArchitecture(text), 0, "tiny", "trial");
  const plan: Plan = {
    version: PLAN_VERSION,
    study: `test_${name}_${n}_${Deno.pid}`,
    configs: { tiny: resolveConfig(config) },
    units: [unit],
  };
  const path = join(folder, `${name}_${n}`, "plan.json");
  await Deno.mkdir(dirname(path));
  await Deno.writeTextFile(path, JSON.stringify(plan));
  return [path, plan, unit.unit_id];
}

async function measured(path: string, unit: string) {
  const { success, stderr } = await output(Deno.execPath(), {
    args: measuring(path, unit),
    env,
    stdout: "piped",
    stderr: "piped",
  });
  assert.ok(success, new TextDecoder().decode(stderr));
  const at = join(dirname(path), "units", unit);
  const weights = Object.values(WEIGHT_FILES).map((file) => Deno.readFile(join(at, file)));
  return {
    rows: await readRows(join(at, "rows.parquet")),
    weights: await Promise.all(weights),
    record: JSON.parse(await Deno.readTextFile(join(at, "unit.json"))),
  };
}

Deno.test("a unit of each space, killed twice, ends with the bits of an undisturbed one", async (t) => {
  for (const [n, { text, metrics, isWholeAnalog }] of NETWORKS.entries()) {
    await t.step(text, async () => {
      const [path, , unit] = await writePlan("whole", n);
      const whole = await measured(path, unit);
      assert.deepEqual(whole.rows.map(({ metric }) => metric).sort(), metrics);
      assert.equal(whole.record.analog_share_pct === 100, isWholeAnalog);
      assert.equal("qat" in whole.record.curves, (metrics as readonly string[]).includes("qat"));

      const [killedPath, killed] = await writePlan("killed", n);
      const work = workFolder(killed, killed.units[0]);
      for (const file of ["baseline/epochs.jsonl", "hwt/epochs.jsonl"]) {
        await killUnit(file, work, [killedPath, unit], env);
      }
      const resumed = await measured(killedPath, unit);
      const accuracies = ({ rows }: typeof whole) =>
        rows.map(({ metric, accuracy_pct, accuracy_sd_pct }) => [
          metric,
          accuracy_pct,
          accuracy_sd_pct,
        ]);
      assert.deepEqual(accuracies(resumed), accuracies(whole));
      resumed.weights.forEach((bytes, i) => assert.ok(equal(bytes, whole.weights[i]), `${i}`));
    });
  }
  for await (const { name } of Deno.readDir(join(CACHE, "studies"))) {
    if (/^test_(whole|killed)_\d_/.test(name) && name.endsWith(`_${Deno.pid}`)) {
      await Deno.remove(join(CACHE, "studies", name), { recursive: true });
    }
  }
  await Deno.remove(folder, { recursive: true });
});

const equal = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
