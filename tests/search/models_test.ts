/** The parts of the model-based methods, each against an independent computation. */
import assert from "node:assert/strict";
import { CholeskyDecomposition, inverse as inverseOf, Matrix } from "ml-matrix";
import { allCells, parseCell } from "../../src/space/mod.ts";
import { prng } from "../../src/random.ts";
import { cholesky, solveLower, solveUpper } from "../../src/search/cholesky.ts";
import { expectedImprovement, fitProcess } from "../../src/search/gaussian_process.ts";
import { trainMlp } from "../../src/search/mlp.ts";
import { normalScores } from "../../src/search/normal_scores.ts";
import { PATH_COUNT, pathEncoding } from "../../src/search/path_encoding.ts";
import { crowding, dominates, paretoRanks } from "../../src/search/pareto_sort.ts";
import { wlKernel, wlLabels } from "../../src/search/wl_kernel.ts";

const random = prng(0, "models_test");
const close = (a: number, b: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

Deno.test("path encoding: 84 bits, all used; a cell's paths by hand", () => {
  const used = new Set(allCells().flatMap(pathEncoding));
  assert.equal(used.size, PATH_COUNT);
  // (0,1) skip, (0,2) none, (0,3) 3x3, (1,2) pool, (1,3) 1x1, (2,3) skip
  // paths: 3x3; skip 1x1; skip pool skip. Digits: skip 0, 3x3 1, 1x1 2, pool 3
  assert.deepEqual(pathEncoding(parseCell("(0,1,2,4,3,0)")), [1, 4 + 2, 20 + 3 * 4]);
  assert.deepEqual(pathEncoding(parseCell("(1,1,1,2,2,2)")), []);
});

Deno.test("Cholesky factor and solutions agree with ml-matrix", () => {
  const n = 20;
  const b = Matrix.from1DArray(n, n, Array.from({ length: n * n }, () => random.normal()));
  const a = b.mmul(b.transpose()).add(Matrix.eye(n, n));
  const expected = new CholeskyDecomposition(a);
  const factor = cholesky(Float64Array.from(a.to1DArray()), n);
  expected.lowerTriangularMatrix.to1DArray().forEach((v, i) => close(factor[i], v));
  const y = Float64Array.from({ length: n }, () => random.normal());
  const x = solveUpper(factor, solveLower(factor, y));
  expected.solve(Matrix.columnVector(y)).to1DArray().forEach((v, i) => close(x[i], v));
  // six right sides at once, four of them abreast: each as alone, to the bit
  const several = Float64Array.from({ length: 6 * n }, () => random.normal());
  const alone = Array.from(
    { length: 6 },
    (_, r) => [...solveLower(factor, several.slice(r * n, (r + 1) * n))],
  );
  assert.deepEqual([...solveLower(factor, several, n)], alone.flat());
  assert.throws(() => cholesky(Float64Array.of(1, 2, 2, 1), 2), /not positive definite/);
});

Deno.test("WL kernel: symmetric, 1 on the diagonal, blind to dead operations, positive definite", () => {
  const kernel = wlKernel();
  const cells = Array.from({ length: 40 }, () => allCells()[random.integer(15_625)]);
  const k = kernel(cells, cells);
  for (let i = 0; i < 40; i++) {
    close(k[i * 40 + i], 1);
    for (let j = 0; j < 40; j++) close(k[i * 40 + j], k[j * 40 + i]);
  }
  const noisy = k.map((v, i) => v + (i % 41 === 0 ? 1e-9 : 0));
  assert.doesNotThrow(() => cholesky(noisy, 40));
  // node 1 has no input: what leaves it is dead
  const [a, b] = [parseCell("(1,2,2,3,4,0)"), parseCell("(1,2,2,0,0,0)")];
  close(kernel([a], [b])[0], 1);
  const other = kernel([a], [parseCell("(2,2,2,3,4,0)")])[0];
  assert.ok(other > 0 && other < 1);
});

Deno.test("WL labels: three nodes in a row, three rounds", () => {
  const labels = wlLabels(parseCell("(1,1,2,1,1,1)")); // input -> 3x3 -> output
  assert.equal(labels.length, 9);
  assert.deepEqual(labels.slice(0, 3), ["input", "nor_conv_3x3", "output"]);
  assert.equal(labels[4], "(nor_conv_3x3<input>output)");
});

Deno.test("Gaussian process: posterior against the textbook formula with ml-matrix", () => {
  const cells = Array.from({ length: 15 }, (_, i) => allCells()[i * 977]);
  const points = Array.from({ length: 6 }, (_, i) => allCells()[i * 1301 + 5]);
  const kernel = wlKernel();
  const k = kernel(cells, cells), cross = kernel(points, cells);
  const y = Float64Array.from(cells, () => random.normal());
  const { mean, sd } = fitProcess(k, y)(cross);
  const solutions = [0.01, 0.03, 0.1, 0.3].map((noise) => {
    const noisy = Matrix.from1DArray(15, 15, [...k]).add(Matrix.eye(15, 15).mul(noise));
    const inverse = inverseOf(noisy);
    const column = Matrix.columnVector(y);
    const scale = column.transpose().mmul(inverse).mmul(column).get(0, 0) / 15;
    const c = Matrix.from1DArray(6, 15, [...cross]);
    return {
      mean: c.mmul(inverse).mmul(column).to1DArray(),
      variance: c.mmul(inverse).mmul(c.transpose()).diagonal().map((v) => scale * (1 - v)),
    };
  });
  const fits = solutions.some((s) =>
    s.mean.every((m, i) => Math.abs(m - mean[i]) < 1e-9) &&
    s.variance.every((v, i) => Math.abs(Math.sqrt(v) - sd[i]) < 1e-9)
  );
  assert.ok(fits, "no noise level gives this posterior");
});

Deno.test("expected improvement is the mean of max(f - best, 0)", () => {
  for (const [mean, sd, best] of [[0, 1, 0.5], [1, 0.5, 0.2], [-1, 2, 1]]) {
    let sum = 0;
    const n = 20_000;
    for (let i = 0; i < n; i++) { // quantiles of the normal by Simpson-like midpoints in z
      const z = -8 + (16 * (i + 0.5)) / n;
      const p = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * 16 / n;
      sum += p * Math.max(mean + sd * z - best, 0);
    }
    close(expectedImprovement(mean, sd, best), sum, 1e-5);
  }
});

Deno.test("normal scores: quantiles of the ranks, ties alike", () => {
  // quantiles of 0.1, 0.3, 0.5, 0.7, 0.9 from any table of the normal distribution
  const scores = normalScores([90, 10, 92, 91, 89]);
  [0, -1.2816, 1.2816, 0.5244, -0.5244].forEach((q, i) => close(scores[i], q, 5e-4));
  assert.deepEqual([...normalScores([5, 5, 5])].map((v) => Math.round(v * 1e3) + 0), [0, 0, 0]);
});

Deno.test("the network learns a sum over bits that no single bit shows, and repeats itself", () => {
  const samples = Array.from(
    { length: 200 },
    () => [0, 1, 2, 3].map((group) => group * 4 + random.integer(4)),
  );
  const truth = (bits: readonly number[]) => (bits[0] % 4 === bits[1] % 4 ? 1 : -1);
  const options = { inputs: 16, width: 20, layers: 3, epochs: 200, batch: 32, learningRate: 0.01 };
  const predict = trainMlp(samples, samples.map(truth), options, prng(1, "mlp"));
  const wrong = samples.filter((bits) => predict(bits) * truth(bits) <= 0).length;
  assert.ok(wrong <= 4, `${wrong} of 200 wrong`);
  const again = trainMlp(samples, samples.map(truth), options, prng(1, "mlp"));
  assert.equal(again(samples[0]), predict(samples[0]));
});

Deno.test("Pareto fronts and crowding by hand", () => {
  assert.ok(dominates([2, 2], [1, 2]));
  assert.ok(!dominates([2, 2], [2, 2]));
  assert.ok(!dominates([3, 1], [1, 3]));
  assert.deepEqual(paretoRanks([[3, 1], [1, 3], [2, 2], [1, 1], [0, 0]]), [0, 0, 0, 1, 2]);
  assert.deepEqual(crowding([[3, 1], [1, 3], [2, 2]]), [Infinity, Infinity, 2]);
});
