/** Exports of the search spaces: the names and shapes of PyTorch's states, and PyTorch itself where it is there. */
import assert from "node:assert/strict";
import { join } from "node:path";
import analognas from "../golden/spaces/analognas.json" with { type: "json" };
import darts from "../golden/spaces/darts.json" with { type: "json" };
import resnet from "../golden/spaces/resnet.json" with { type: "json" };
import { loadBackend } from "../../src/backend.ts";
import { setUp } from "../../src/cli/setup.ts";
import {
  buildNetwork,
  evaluationOps,
  forward,
  initialState,
  toTensors,
} from "../../src/network/mod.ts";
import { prng } from "../../src/random.ts";
import { parseArchitecture } from "../../src/space/mod.ts";
import { decodeSafetensors, loadWeights, saveWeights } from "../../src/train/mod.ts";
import { findPyTorch } from "./find_pytorch.ts";

/** An entry of `golden/spaces`, as far as it is read here. */
interface Entry {
  readonly arch: string;
  readonly C?: number;
  readonly N?: number;
  readonly tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
}
const SPACES: Readonly<Record<string, readonly Entry[]>> = {
  resnet: resnet.architectures,
  analognas: analognas.architectures,
  darts: darts.architectures,
};
const planOf = ({ arch, C, N }: Entry) =>
  buildNetwork(
    parseArchitecture(arch),
    C === undefined ? {} : { channels: C, cellsPerStage: N! },
  );

await setUp();
const backend = await loadBackend(), { tf } = backend;
const folder = await Deno.makeTempDir({ prefix: "spaces_pytorch_test_" });

Deno.test("an export holds PyTorch's names and shapes, all of them and no others", async () => {
  for (const [space, entries] of Object.entries(SPACES)) {
    for (const entry of entries) {
      const plan = planOf(entry), file = join(folder, "weights");
      await saveWeights(file, { plan, state: initialState(plan, 0), origin: {} });
      const { tensors } = decodeSafetensors(await Deno.readFile(file), file);
      const shapes = (list: Iterable<readonly [string, readonly number[]]>) =>
        Object.fromEntries([...list].sort(([a], [b]) => a < b ? -1 : 1));
      assert.deepEqual(
        shapes(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
        shapes(entry.tensors.map(({ name, shape }) => [name, shape])),
        `${space} ${entry.arch}`,
      );
    }
  }
});

const python = await findPyTorch("torch, safetensors, xautodl");
Deno.test({
  name:
    "PyTorch reads an export of each space, gives the same logits and writes it back unchanged" +
    (python === null
      ? " (skipped: set PYTORCH_PYTHON to a Python with torch, safetensors, xautodl)"
      : ""),
  ignore: python === null,
  fn: readByPyTorch,
});

async function readByPyTorch(): Promise<void> {
  const random = prng(1, "images");
  const images = Float32Array.from({ length: 2 * 3_072 }, () => random.normal());
  const [file, input, back] = ["exported", "images", "back"].map((name) => join(folder, name));
  await Deno.writeFile(input, new Uint8Array(images.buffer));
  const x = tf.transpose(tf.tensor4d(images, [2, 3, 32, 32]), [0, 2, 3, 1]);
  for (const [space, entries] of Object.entries(SPACES)) {
    for (const entry of [entries[0], entries[4], entries.at(-1)!]) {
      const plan = planOf(entry), state = { ...initialState(plan, 3) };
      for (const [name, values] of Object.entries(state)) {
        // Norms that do something.
        if (values.length < 30) state[name] = values.map((v) => v + 0.2 * random.uniform());
      }
      await saveWeights(file, { plan, state, origin: {} });
      const { tensors: _, ...described } = entry;
      const { success, stdout, stderr } = await new Deno.Command(python!, {
        args: [
          "tests/golden/spaces/producer/reads_export.py",
          space,
          JSON.stringify(described),
          file,
          input,
          back,
        ],
        env: { PYTHONDONTWRITEBYTECODE: "1" },
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
      const want: number[] = JSON.parse(new TextDecoder().decode(stdout));
      const ops = evaluationOps(backend, plan, toTensors(backend, plan, state));
      const found = forward(backend, plan, ops, x as never).dataSync();
      want.forEach((value, i) =>
        assert.ok(
          Math.abs(found[i] - value) < 1e-4 * (1 + Math.abs(value)),
          `${entry.arch} ${found[i]} ${value}`,
        )
      );
      assert.deepEqual((await loadWeights(back, plan)).state, state);
    }
  }
}
