import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "../../src/input_error.ts";
import { prng } from "../../src/random.ts";
import { CHECKPOINT, encodeSafetensors, readCheckpoint, RECORDS } from "../../src/train/mod.ts";
import { toyLoop } from "./toy_loop.ts";
import { toyStage } from "./toy_stage.ts";

const temporary = () => Deno.makeTempDir({ prefix: "loop_test_" });
const finalTensors = async (folder: string) =>
  (await readCheckpoint(join(folder, CHECKPOINT)))!.tensors;
const records = async (folder: string) =>
  (await Deno.readTextFile(join(folder, RECORDS))).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
const inputError = (message: RegExp) => (error: unknown) => {
  assert(error instanceof InputError);
  assert.match(error.message, message);
  return true;
};

Deno.test("killed with SIGKILL at random moments, a run ends with the very same tensors", async () => {
  const whole = await temporary(), killed = await temporary();
  await toyLoop(whole, toyStage());
  const random = prng(11, "kills");
  let kills = 0;
  for (let attempt = 0; attempt < 40; attempt++) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "tests/train/toy_run.ts", killed],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    // Counted from the first step, however slow the machine; later attempts may live longer.
    const output = child.stdout.getReader();
    await output.read();
    const timer = setTimeout(
      () => {
        try {
          child.kill("SIGKILL");
        } catch { /* it has just ended by itself */ }
      },
      random.integer(40) + 10 * attempt,
    );
    while (!(await output.read()).done);
    const { success, signal } = await child.status;
    clearTimeout(timer);
    if (success) break;
    assert.equal(signal, "SIGKILL");
    kills++;
  }
  assert(kills >= 1, "never killed: the test shows nothing");
  assert.deepEqual(await finalTensors(killed), await finalTensors(whole));
  const strip = ({ epoch, loss, watched }: Record<string, number>) => ({ epoch, loss, watched });
  assert.deepEqual((await records(killed)).map(strip), (await records(whole)).map(strip));
  assert.equal((await records(whole)).length, 12);
});

Deno.test("the seed decides everything", async () => {
  const [a, b, c] = [await temporary(), await temporary(), await temporary()];
  await toyLoop(a, toyStage());
  await toyLoop(b, toyStage());
  await toyLoop(c, toyStage(), { seed: 8 });
  assert.deepEqual(await finalTensors(a), await finalTensors(b));
  assert.notDeepEqual(await finalTensors(a), await finalTensors(c));
});

Deno.test("a loss that is not finite stops the run, names the step, keeps the last checkpoint", async () => {
  const folder = await temporary(), good = await temporary();
  // Step 10 is the second of epoch 3 (four steps an epoch).
  await assert.rejects(
    toyLoop(folder, toyStage({ failAtStep: 10 })),
    inputError(
      /diverged: .* at step 2 of epoch 3, learning rate 0\.0333.* checkpoint of epoch 2 is kept/,
    ),
  );
  const kept = (await readCheckpoint(join(folder, CHECKPOINT)))!;
  assert.equal(kept.epoch, 2);
  assert.equal((await records(folder)).length, 2);
  await toyLoop(folder, toyStage());
  await toyLoop(good, toyStage());
  assert.deepEqual(await finalTensors(folder), await finalTensors(good));
});

Deno.test("weights that are not finite are never kept", async () => {
  const folder = await temporary();
  await assert.rejects(
    toyLoop(folder, toyStage({ poisonWeightsInEpoch: 2 })),
    inputError(/not finite after epoch 2 \(weights\)/),
  );
  assert.equal((await readCheckpoint(join(folder, CHECKPOINT)))!.epoch, 1);
});

Deno.test("a checkpoint of another run is refused with the differences", async () => {
  const folder = await temporary();
  await toyLoop(folder, toyStage({ settings: { width: 16, rate: 0.5 } }));
  const bytes = await Deno.readFile(join(folder, CHECKPOINT));
  await assert.rejects(
    toyLoop(folder, toyStage({ settings: { width: 8, rate: 0.5 } }), { seed: 9, batchSize: 10 }),
    inputError(
      /belongs to another run: seed is 7 there and 9 here; batchSize is 12 .* settings\.width is 16/,
    ),
  );
  assert.deepEqual(await Deno.readFile(join(folder, CHECKPOINT)), bytes);
});

Deno.test("a damaged or truncated checkpoint is refused with the reason", async () => {
  const folder = await temporary(), path = join(folder, CHECKPOINT);
  await toyLoop(folder, toyStage());
  const bytes = await Deno.readFile(path);
  const altered = bytes.slice();
  altered[altered.length - 3] ^= 4;
  await Deno.writeFile(path, altered);
  await assert.rejects(toyLoop(folder, toyStage()), inputError(/is not what its own sha256 says/));
  const text = new TextDecoder("latin1").decode(bytes);
  const digit = text.indexOf('epoch\\":12') + 8;
  const header = bytes.slice();
  header[digit] ^= 1;
  await Deno.writeFile(path, header);
  await assert.rejects(toyLoop(folder, toyStage()), inputError(/is not what its own sha256 says/));
  for (const length of [0, 4, 100, bytes.length - 1]) {
    await Deno.writeFile(path, bytes.subarray(0, length));
    await assert.rejects(
      toyLoop(folder, toyStage()),
      inputError(/checkpoint.*is damaged.*Remove it/),
    );
  }
  await Deno.writeFile(path, encodeSafetensors({}));
  await assert.rejects(toyLoop(folder, toyStage()), inputError(/is no checkpoint.*Remove it/));
  await Deno.remove(path);
  await Deno.mkdir(path);
  await assert.rejects(toyLoop(folder, toyStage()), inputError(/Cannot read the checkpoint/));
});

Deno.test("a second run in the same folder is refused, the first goes on", async () => {
  const folder = await temporary();
  const { promise: secondIsOver, resolve } = Promise.withResolvers<void>();
  const first = toyLoop(folder, toyStage({ pause: () => secondIsOver }));
  const child = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "tests/train/toy_run.ts", folder],
    stdout: "null",
    stderr: "piped",
  }).output();
  resolve();
  assert.equal(child.success, false);
  assert.match(new TextDecoder().decode(child.stderr), /Another run is at work in/);
  assert.equal((await first).length, 12);
});

Deno.test("a batch larger than the data is refused", async () => {
  const folder = await temporary();
  assert.throws(
    () => toyLoop(folder, toyStage(), { batchSize: 41 }),
    inputError(/batch of 41 is larger than the 40 training images/),
  );
});
