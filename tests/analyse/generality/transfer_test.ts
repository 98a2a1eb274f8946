import assert from "node:assert/strict";
import { type Transfer, transferInWords } from "@/analyse/generality/transfer.ts";
import { RESNETS } from "@/contrast/mod.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { leastSquares } from "@/stats/mod.ts";
import { CONNECTED, EXPRESSIONS } from "@/analyse/table/features.ts";
import { studyWith, unitRows } from "./made_up_rows.ts";

const place = (label: string, networks: number, tau: readonly [number, number, number] | null) => ({
  source: label.toLowerCase(),
  label,
  networks,
  tau: tau && { estimate: tau[0], low: tau[1], high: tau[2] },
} as Transfer);

Deno.test("the words follow the interval, and what is missing is counted", () => {
  const words = transferInWords([
    place("A", 20, [0.5, 0.2, 0.8]),
    place("B", 16, [-0.4, -0.7, -0.1]),
    place("C", 30, [0.1, -0.2, 0.4]),
    place("D", 6, null),
  ]);
  assert.match(words, /A the same way \(τ 0\.50 \[0\.20 to 0\.80\]; 20 networks\)/);
  assert.match(words, /B the other way \(τ −0\.40/);
  assert.match(words, /C not clearly better than chance/);
  assert.match(words, /Not ranked, for want of 15 networks: D \(6\)\.$/);
  assert.match(transferInWords([place("D", 0, null)]), /no space has enough networks to rank/);
});

Deno.test("least squares gives back planted weights, and shares a weight among equal columns", () => {
  const a = [1, -2, 3, 0, -2], b = [2, 1, -1, -4, 2];
  const fit = leastSquares([a, b], a.map((v, i) => 3 * v - 0.5 * b[i]));
  assert.ok(Math.abs(fit[0] - 3) < 1e-12 && Math.abs(fit[1] + 0.5) < 1e-12);
  const shared = leastSquares([a, a], a.map((v) => 4 * v));
  assert.ok(shared.every((w) => Math.abs(w - 2) < 1e-9), String(shared));
});

/** The first networks of the study of ResNets with their drift drops, from each of the seeds. */
const resNets = async (count: number, seeds: readonly number[]) => {
  const rows = [...RESNETS.grid, ...RESNETS.kernels].slice(0, count).flatMap((text, k) =>
    seeds.flatMap((seed) =>
      unitRows("resnet", text, seed, { "hwt@60s": 80, "hwt@30d": 80 - (k * 7) % 17 - seed })
    )
  );
  const { transfers } = await studyWith({ resnet: rows });
  return transfers.find(({ source }) => source === "resnet")!;
};

Deno.test("a rank agreement appears with the fifteenth network, and words with it", async () => {
  const [few, enough] = [await resNets(14, [0]), await resNets(15, [0])];
  assert.deepEqual([few.networks, few.tau], [14, null]);
  assert.match(transferInWords([few]), /no space has enough .* ResNet \(14\)\.$/);
  assert.equal(enough.networks, 15);
  const { estimate, low, high } = enough.tau!;
  assert.ok(-1 <= estimate && estimate <= 1 && low < estimate && estimate < high);
  assert.match(transferInWords([enough]), /it orders ResNet .*; 15 networks\)\.$/);
});

Deno.test("a second seed of every network is no second network: the interval stays as wide", async () => {
  const [one, two] = [await resNets(18, [0]), await resNets(18, [0, 1])];
  assert.equal(two.networks, 18);
  assert.deepEqual(two.tau, one.tau);
});

/** Cells of forty expressions, so many of each, that drift alike within one. */
async function copies(each: number) {
  const groups = [...Map.groupBy(CONNECTED, (cell) => EXPRESSIONS[cell]).values()];
  const chosen = groups.filter((cells) => cells.length >= 4).filter((_, k) => k % 12 === 0).slice(
    0,
    40,
  );
  assert.equal(chosen.length, 40);
  const rows = chosen.flatMap((cells, k) =>
    cells.slice(0, each).flatMap((cell) => {
      const text = archStr(cellAt(cell));
      return unitRows("resnet", text, 0, { "hwt@60s": 80, "hwt@30d": 80 - (k * 7) % 17 })
        .map((row) => ({ ...row, space: "nas_bench_201" as const, cell_index: cell }));
    })
  );
  const { transfers } = await studyWith({}, rows);
  return transfers.find(({ source }) => source === "own")!;
}

Deno.test("cells of one expression are no independent evidence: four of each leave the interval as wide", async () => {
  const [one, four] = [await copies(1), await copies(4)];
  assert.deepEqual([one.networks, four.networks], [40, 160]);
  const [narrow, wide] = [one, four].map(({ tau }) => tau!.high - tau!.low);
  // had each cell counted, the interval would be half as wide
  assert.ok(wide > 0.75 * narrow, `${wide} of ${narrow}`);
});

Deno.test("networks that all drift alike have no order, and are not missing", () => {
  const alike = place("E", 20, null);
  assert.doesNotMatch(transferInWords([alike]), /Not ranked/);
});
