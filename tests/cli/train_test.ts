/** The training commands as a user runs them: each fault gives one message, exit status 1, nothing lost. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { CHECKPOINT, readCheckpoint } from "../../src/train/mod.ts";

const folder = await Deno.makeTempDir({ prefix: "train_test_" });
const SMALL = ["--cell", "220421", "--channels", "4", "--cells-per-stage", "1", "--smoke"];

interface Outcome {
  readonly success: boolean;
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(task: string, args: string[], shell?: string): Promise<Outcome> {
  const command = [Deno.execPath(), "run", "-A", "--no-check", `src/cli/${task}.ts`, ...args];
  const [file, ...rest] = shell === undefined ? command : ["sh", "-c", shell, ...command];
  const { code, success, stdout, stderr } = await new Deno.Command(file, { args: rest }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, success, out: text(stdout), err: text(stderr) };
}

/** Exactly one message, no stack trace, exit status 1. */
function refused({ code, err }: Outcome, message: RegExp): void {
  const lines = err.split("\n").filter((line) => line.trim() !== "" && !/^training /.test(line));
  assert.equal(lines.length, 1, err);
  assert.match(lines[0], /^error: /);
  assert.match(lines[0], message);
  assert.equal(code, 1);
}

Deno.test("settings that cannot be are refused before anything starts", async () => {
  const out = join(folder, "never");
  const cases: [string[], RegExp][] = [
    [["--epochs", "0"], /training\.epochs = 0/],
    [["--epochs", "-5"], /--epochs wants a whole number from 0, not "-5"/],
    [["--epochs", "many"], /--epochs wants a whole number from 0, not "many"/],
    [["--batch-size", "50001"], /training\.batchSize = 50001/],
    [["--learning-rate", "-0.1"], /--learning-rate wants a number of at least 0, not "-0.1"/],
    [["--protocol", "fixed"], /protocol = "fixed"/],
    [["--cell", "(0,0,0,4,3,5)"], /\(0,0,0,4,3,5\)/],
    [["--seed", "x"], /--seed wants a whole number/],
    [["--config", join(folder, "none.json")], /Cannot read .*none\.json/],
  ];
  for (const [args, message] of cases) {
    const smokeless = SMALL.filter((arg) => arg !== "--smoke");
    refused(await run("train", [...smokeless, "--out", out, ...args]), message);
  }
  await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
});

Deno.test("a config file that holds no config is refused", async () => {
  const path = join(folder, "config.json");
  for (
    const [text, message] of [
      ["{", /Cannot read .*config\.json/],
      ["null", /config = null/],
      ["[]", /config = \[\]/],
      ['{"training":3}', /training = 3/],
      [
        '{"training":{"epoch":3}}',
        /training\.epoch: there is no such setting. Did you mean training\.epochs/,
      ],
    ] as const
  ) {
    await Deno.writeTextFile(path, text);
    refused(await run("train", [...SMALL, "--config", path, "--out", folder]), message);
  }
});

Deno.test("faults met on the way", async (t) => {
  await t.step("a batch larger than the data", async () => {
    const out = join(folder, "batch");
    refused(
      await run("train", [...SMALL, "--batch-size", "1025", "--out", out]),
      /batch of 1025 is larger than the 1024 training images/,
    );
  });
  await t.step("a learning rate that diverges names the step", async () => {
    const out = join(folder, "diverged");
    refused(
      await run("train", [...SMALL, "--learning-rate", "1e30", "--out", out]),
      /diverged: .* at step \d+ of epoch 1, learning rate 1e\+30\. No epoch was finished/,
    );
    await assert.rejects(Deno.stat(join(out, CHECKPOINT)), Deno.errors.NotFound);
  });
  await t.step("no archive where --archive points", async () => {
    refused(await run("train", [...SMALL, "--archive", folder]), /No data_batch_1\.bin in/);
  });
  await t.step("no room on the disk", async () => {
    // No file may grow beyond a few KiB: writing fails as on a full disk.
    const out = join(folder, "full");
    const limited = `trap '' XFSZ; ulimit -f 16; exec "$0" "$@"`;
    refused(
      await run("train", [...SMALL, "--out", out], limited),
      /Cannot write .*checkpoint\.safetensors.*free space/,
    );
    const left = [...Deno.readDirSync(out)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["run.json", "threads.json"]);
  });
  await t.step("weights that are none", async () => {
    const evaluated = await run("evaluate", ["--weights", "README.md"]);
    refused(evaluated, /README\.md/);
    const exported = await run("export", [folder, join(folder, "x")]);
    refused(exported, /holds no checkpoint\.safetensors/);
    const missing = await run("evaluate", ["--weights", join(folder, "none")]);
    refused(missing, /Cannot read .*none.*Name a run's/);
  });
});

Deno.test("a run: resumed after SIGKILL, guarded against a second, exported, evaluated", async (t) => {
  const whole = join(folder, "whole"), killed = join(folder, "killed");
  const args = (out: string) => [...SMALL, "--batch-size", "64", "--seed", "5", "--out", out];
  const weights = (out: string) => Deno.readFile(join(out, "weights.safetensors"));

  await t.step("uninterrupted", async () => {
    const { success, out, err } = await run("train", args(whole));
    assert(success, err);
    assert.match(out, /test accuracy \d+\.\d\d %/);
    const lines = (await Deno.readTextFile(join(whole, "epochs.jsonl"))).trim().split("\n");
    const record = JSON.parse(lines[1]);
    assert.equal(lines.length, 2);
    for (const key of ["loss", "train_accuracy_pct", "learning_rate", "seconds", "images_per_s"]) {
      assert.equal(typeof record[key], "number", key);
    }
    assert(Math.abs(record.learning_rate - 0.05) < 1e-12);
  });

  await t.step("killed in its second epoch, with another run refused meanwhile", async () => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "src/cli/train.ts", ...args(killed)],
      stdout: "null",
      stderr: "null",
    }).spawn();
    const checkpoint = join(killed, CHECKPOINT);
    while (!(await Deno.stat(checkpoint).catch(() => null))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    Deno.kill(child.pid, "SIGSTOP");
    const second = await run("train", args(killed));
    Deno.kill(child.pid, "SIGKILL");
    await child.status;
    refused(second, /Another run is at work in/);
    assert.equal((await readCheckpoint(checkpoint))!.epoch, 1);
    await assert.rejects(weights(killed), Deno.errors.NotFound);
  });

  await t.step("started again, it ends with the very same weights", async () => {
    assert((await run("train", args(killed))).success);
    assert.deepEqual(await weights(killed), await weights(whole));
  });

  await t.step("other settings in its folder are refused", async () => {
    refused(
      await run("train", [...args(killed), "--batch-size", "128"]),
      /belongs to another run: batchSize is 64 there and 128 here/,
    );
  });

  await t.step("its weights are quantized, after training and with training", async () => {
    const quantize = ["--weights", join(whole, "weights.safetensors"), "--out", whole, "--smoke"];
    for (const [method, folder] of [["ptq", "ptq_histogram"], ["qat", "qat"]]) {
      const { success, out, err } = await run("quantize", [...quantize, "--method", method]);
      assert(success, err);
      assert.match(out, new RegExp(`float \\d+\\.\\d\\d %, ${method} \\d+\\.\\d\\d %`));
      const result = JSON.parse(await Deno.readTextFile(join(whole, folder, "result.json")));
      assert(Math.abs(result.test_accuracy_pct - result.float_accuracy_pct) < 15);
    }
    refused(await run("quantize", [...quantize, "--observer", "mean"]), /ptq\.observer = "mean"/);
    refused(await run("quantize", [...quantize, "--method", "magic"]), /--method wants ptq or qat/);
  });

  await t.step("the description of another run beside a checkpoint is refused", async () => {
    const mixed = join(folder, "mixed");
    await Deno.mkdir(mixed);
    await Deno.copyFile(join(whole, CHECKPOINT), join(mixed, CHECKPOINT));
    const description = JSON.parse(await Deno.readTextFile(join(whole, "run.json")));
    for (
      const [change, message] of [
        [
          { cell: "(2,2,4,0,2,1)" },
          /run\.json is not of the run .*cell is "\(2,2,4,0,2,1\)" there/,
        ],
        [{ seed: 6 }, /seed is 6 there and 5 here/],
      ] as const
    ) {
      const text = JSON.stringify({ ...description, ...change });
      await Deno.writeTextFile(join(mixed, "run.json"), text);
      refused(await run("export", [mixed, join(folder, "x")]), message);
    }
  });

  await t.step("a run without its description cannot be exported", async () => {
    const half = join(folder, "half");
    await Deno.mkdir(half);
    await Deno.copyFile(join(whole, CHECKPOINT), join(half, CHECKPOINT));
    refused(await run("export", [half, join(folder, "x")]), /Cannot read .*run\.json.*again/);
  });

  await t.step("exported weights are the run's, and evaluate as the run did", async () => {
    const file = join(folder, "exported.safetensors");
    assert((await run("export", [whole, file])).success);
    const { success, out } = await run("evaluate", ["--weights", file, "--smoke"]);
    assert(success);
    const { test_accuracy_pct } = JSON.parse(await Deno.readTextFile(join(whole, "result.json")));
    assert.match(out, new RegExp(`test accuracy ${test_accuracy_pct.toFixed(2)} %`));
  });
});

Deno.test("every command explains itself", async () => {
  for (const task of ["train", "evaluate", "quantize", "export", "import"]) {
    const { success, out } = await run(task, ["--help"]);
    assert(success);
    assert.match(out, new RegExp(`Usage: deno task ${task}`));
  }
  const { out } = await run("data_cifar10", []);
  assert.equal(out, "50000 training and 10000 test images, checksum verified\n");
});
