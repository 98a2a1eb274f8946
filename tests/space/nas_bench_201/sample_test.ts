import assert from "node:assert/strict";
import { prng } from "../../../src/random.ts";
import {
  allCells,
  cellIndex,
  CONV_3X3,
  operationCount,
  sampleStratified,
  sampleUniform,
} from "../../../src/space/mod.ts";

Deno.test("a uniform sample is seeded, without repetition, and can be the whole space", () => {
  const draw = (seed: number) => sampleUniform(500, prng(seed, "sample")).map(cellIndex);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.equal(new Set(draw(1)).size, 500);
  assert.equal(new Set(sampleUniform(15_625, prng(0, "all")).map(cellIndex)).size, 15_625);
  assert.throws(() => sampleUniform(15_626, prng(0, "all")), {
    name: "InputError",
  });
});

Deno.test("a uniform sample covers the space evenly", () => {
  const counts = [0, 0, 0, 0, 0];
  for (let seed = 0; seed < 200; seed++) {
    for (const cell of sampleUniform(50, prng(seed, "even"))) counts[cell[3]]++;
  }
  // 10,000 draws, 2,000 expected a bin: chi-squared on 4 degrees of freedom, 99.99 % point 23.5.
  const chi2 = counts.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  assert.ok(chi2 < 23.5, `chi-squared ${chi2}`);
});

Deno.test("a stratified sample shares evenly until a stratum is exhausted", () => {
  // Strata by number of 3x3 convolutions have 4096, 6144, 3840, 1280, 240, 24, 1 cells.
  const stratum = (cell: Parameters<typeof cellIndex>[0]) => operationCount(cell, CONV_3X3);
  const sample = sampleStratified(307, stratum, prng(3, "strata"));
  const counts = Array.from({ length: 7 }, (_, k) => sample.filter((c) => stratum(c) === k).length);
  assert.equal(counts[6], 1);
  assert.equal(counts[5], 24);
  assert.deepEqual(counts.slice(0, 5).sort(), [56, 56, 56, 57, 57]);
  assert.equal(new Set(sample.map(cellIndex)).size, 307);
  const only = sampleStratified(5, (cell) => cell[0] === 2 ? 0 : null, prng(3, "strata"));
  assert.ok(only.every((cell) => cell[0] === 2));
  assert.equal(allCells().length, 15_625);
});
