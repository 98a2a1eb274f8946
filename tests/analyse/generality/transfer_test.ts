import assert from "node:assert/strict";
import { type Transfer, transferInWords } from "@/analyse/generality/transfer.ts";
import { leastSquares } from "@/stats/mod.ts";

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
  assert.match(words, /A the same way \(τ 0\.50, 0\.20 to 0\.80; 20 networks\)/);
  assert.match(words, /B the other way \(τ −0\.40/);
  assert.match(words, /C no better than chance/);
  assert.match(words, /Missing for 15 networks of a space: D 9\.$/);
  assert.match(transferInWords([place("D", 0, null)]), /no space has enough networks to rank/);
});

Deno.test("least squares gives back planted weights, and shares a weight among equal columns", () => {
  const a = [1, -2, 3, 0, -2], b = [2, 1, -1, -4, 2];
  const fit = leastSquares([a, b], a.map((v, i) => 3 * v - 0.5 * b[i]));
  assert.ok(Math.abs(fit[0] - 3) < 1e-12 && Math.abs(fit[1] + 0.5) < 1e-12);
  const shared = leastSquares([a, a], a.map((v) => 4 * v));
  assert.ok(shared.every((w) => Math.abs(w - 2) < 1e-9), String(shared));
});
