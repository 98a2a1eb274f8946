/** Settings that are impossible together are refused at once, by name; what is possible stays possible. */
import assert from "node:assert/strict";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { InputError } from "@/input_error.ts";
import { runCommand } from "../cli/run.ts";

function refused(partial: PartialConfig, message: RegExp): void {
  assert.throws(() => resolveConfig(partial), (error) => {
    assert(error instanceof InputError);
    assert.match(error.message, message);
    return true;
  });
}
const published = { protocol: "as_published" } as const;

Deno.test("a time twice", () => {
  refused(
    { measurement: { inferenceTimes_s: [60, 60] } },
    /inferenceTimes_s\.1 = 60: .*already, at 0/,
  );
  refused({ measurement: { inferenceTimes_s: [0, 60, 0] } }, /inferenceTimes_s\.2 = 0: .* at 0/);
  refused(
    { measurement: { inferenceTimes_s: [1, 60, 60, 2] } },
    /inferenceTimes_s\.2 = 60: .* at 1/,
  );
  refused(
    { hardware: { device: "reram_wan2022" }, measurement: { inferenceTimes_s: [1, 1] } },
    /at 0/,
  );
});

Deno.test("more calibration images than there are", () => {
  const calibrationImages = 3_000;
  refused(
    { ptq: { calibrationImages: 5_001 } },
    /calibrationImages = 5001: the validation .* are 5000/,
  );
  refused(
    { ...published, ptq: { calibrationImages }, measurement: { testImages: 2_000 } },
    /calibrationImages = 3000: the test images .* are 2000/,
  );
  refused(
    { ptq: { calibrationImages }, departures: { validationImages: 1_000 } },
    /calibrationImages = 3000: the validation images .* are 1000/,
  );
  // The default stands for all that there are, as in the read-outs of the committed ablation.
  resolveConfig({ ...published, measurement: { testImages: 1_000 } });
  resolveConfig({ ptq: { calibrationImages: 5_000 } });
});

Deno.test("a validation split that is asked for and not there", () => {
  const message = /departures\.(calibrationSplit|watchedSplit).*no validation images/;
  refused({ departures: { validationImages: 0 } }, message);
  refused({ ...published, departures: { watchedSplit: "validation" } }, message);
  refused({ ...published, departures: { calibrationSplit: "validation" } }, message);
  refused({ departures: { validationImages: 0, watchedSplit: "test" } }, /calibrationSplit/);
  resolveConfig({
    departures: { validationImages: 0, watchedSplit: "test", calibrationSplit: "test" },
  });
});

Deno.test("validation images that cannot be of equal classes", () => {
  for (const validationImages of [5, 1_001, 24_999]) {
    refused(
      { departures: { validationImages } },
      new RegExp(`${validationImages} images cannot be`),
    );
  }
});

Deno.test("a batch or a number of training images that the protocol leaves no room for", () => {
  refused({ training: { batchSize: 45_001 } }, /batchSize = 45001: .* the 45000 training images/);
  refused(
    { measurement: { trainImages: 100 } },
    /batchSize: a batch of 256 .* 100 training images/,
  );
  refused(
    { training: { batchSize: 64 }, measurement: { trainImages: 63 } },
    /a batch of 64 .* the 63/,
  );
  refused({ measurement: { trainImages: 45_001 } }, /trainImages = 45001: 45000 images are left/);
  resolveConfig({ ...published, training: { batchSize: 50_000 } });
});

Deno.test("every config of the committed studies resolves", async () => {
  let count = 0;
  for (const study of ["replication", "scale"]) {
    const plan = JSON.parse(await Deno.readTextFile(`data/measured/${study}/plan.json`));
    for (const config of Object.values(plan.configs)) {
      resolveConfig(config as PartialConfig), count++;
    }
  }
  for (const study of ["ablation", "protocols"]) {
    const settings = JSON.parse(await Deno.readTextFile(`data/measured/${study}/settings.json`));
    for (const { config } of settings) resolveConfig(config), count++;
  }
  assert(count > 40, `${count}`);
});

Deno.test("commands refuse them before they train", async () => {
  const out = await Deno.makeTempDir(), weights = "data/measured/replication/units";
  const [{ name }] = Array.from(Deno.readDirSync(weights));
  const checkpoint = `${weights}/${name}/baseline.safetensors`;
  for (
    const [command, args, message] of [
      ["measure.ts", ["--checkpoint", checkpoint, "--times", "60,60"], /already, at 0/],
      ["measure.ts", ["--checkpoint", checkpoint, "--conditions", "hwt,hwt"], /condition twice/],
      ["train.ts", ["--cell", "220421", "--batch-size", "45001"], /the 45000 training images/],
    ] as const
  ) {
    const { code, err } = await runCommand(command, [...args, "--out", out]);
    assert.equal(code, 1);
    assert.match(err.trim(), /^error: [^\n]*$/);
    assert.match(err, message);
  }
  assert.deepEqual(Array.from(Deno.readDirSync(out)), []);
});
