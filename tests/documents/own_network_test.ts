/** The network of `data/own_network` and the rows that notebook 18 shows of it. */
import assert from "node:assert/strict";
import { planComplexity, readOnnx } from "@/network/mod.ts";
import { readRows } from "@/table/mod.ts";

const FOLDER = "data/own_network";

Deno.test("the rows of data/own_network are of the network in its file, which holds PyTorch's number of parameters", async () => {
  const { plan } = await readOnnx(`${FOLDER}/small_cnn.onnx`);
  assert.equal(planComplexity(plan).parameters, 40_378); // printed by train_in_pytorch.py
  const rows = await readRows(`${FOLDER}/rows.parquet`);
  assert.deepEqual([...new Set(rows.map((row) => row.arch_str))], [plan.architecture.text]);
  assert.equal(rows.length, 3 + 2 * (1 + 4 * 10)); // digital ones; noisy and hwt, at four times ten events each
  const of = (condition: string) => rows.find((row) => row.condition === condition)!.accuracy_pct;
  assert.equal(of("ideal_crossbar"), of("baseline"));
  // 1,000 images against PyTorch's 77.75 % of all 10,000: three standard errors.
  assert.ok(Math.abs(of("baseline") - 77.75) < 3 * Math.sqrt(77.75 * 22.25 / 1_000));
});
