/** Whether cells that the space calls one function are one as networks, and others are not. */
import assert from "node:assert/strict";
import { loadBackend, type Tensor4D } from "../../src/backend.ts";
import {
  evaluationOps,
  forward,
  networkPlan,
  type State,
  stateEntries,
  toTensors,
} from "../../src/network/mod.ts";
import { permutation, prng } from "../../src/random.ts";
import {
  type Cell,
  cellAt,
  cellText,
  expressionClasses,
  functionClasses,
  isConnected,
  sameFunction,
} from "../../src/space/mod.ts";
import { normalTensor } from "../backend/finite_differences.ts";

const backend = await loadBackend();
const images = normalTensor(backend, "images", [2, 32, 32, 3]) as Tensor4D;
const functions = functionClasses(), expressions = expressionClasses();
const random = prng(1, "cells that are one function");
const cells = [...permutation(functions.length, random)].filter((i) => isConnected(cellAt(i)));

/** Place of each edge of the published tuple in the NAS-Bench-201 string, which numbers the state's names. */
const PLACE = [0, 1, 3, 2, 4, 5];

/** Logits of the smallest network of `cell`; the weights of a convolution follow from its name in `names`. */
function logits(cell: Cell, names: ReadonlyMap<number, string>): Float32Array {
  const plan = networkPlan(cell, { channels: 2, cellsPerStage: 1 });
  const state: State = Object.fromEntries(
    stateEntries(plan).map(({ name, shape }) => {
      const [, block, place, rest] = name.match(/^(cells\.\d+\.layers)\.(\d)\.(.*)$/) ?? [];
      const edge = PLACE.indexOf(Number(place));
      // a convolution that is not numbered is dead: whatever stands there must not matter
      const label = block === undefined
        ? name
        : `${block} ${names.get(edge) ?? `dead ${cellText(cell)}`} ${rest}`;
      const draws = prng(7, label);
      const positive = /running_var|op\.2\.weight/.test(name);
      const size = shape.reduce((a, b) => a * b);
      return [
        name,
        Float32Array.from({ length: size }, () => {
          const value = draws.normal();
          return positive ? 0.5 + Math.abs(value) : 0.5 * value;
        }),
      ];
    }),
  );
  const tensors = toTensors(backend, plan, state);
  const ops = evaluationOps(backend, plan, tensors);
  const result = backend.tf.tidy(() => forward(backend, plan, ops, images));
  const values = result.dataSync() as Float32Array;
  ops.dispose();
  backend.tf.dispose([result, tensors.parameters, tensors.statistics] as never);
  return values;
}

/** Weights by the numbers of the normal form. */
const numbered = (cell: Cell, numbers = sameFunction(cell).convolutions.map((_, k) => k)) =>
  new Map(sameFunction(cell).convolutions.map((edge, k) => [edge, `${numbers[k]}`]));

/** Largest difference, in units of the logits' own size. */
function difference(a: Float32Array, b: Float32Array): number {
  const size = Math.max(...a.map(Math.abs));
  return Math.max(...a.map((v, k) => Math.abs(v - b[k]))) / size;
}

Deno.test("cells of one function give equal logits with the weights carried over", () => {
  const copies = [...Map.groupBy(cells, (i) => functions[i]).values()].filter((c) => c.length > 1);
  // offsets, shared convolutions and every number of trained ones are among the first forty
  for (const [first, second] of copies.slice(0, 40)) {
    const [a, b] = [first, second].map(cellAt);
    const apart = difference(logits(a, numbered(a)), logits(b, numbered(b)));
    assert.ok(apart < 1e-4, `${cellText(a)} and ${cellText(b)} differ by ${apart}`);
  }
});

Deno.test("cells of one expression but different functions differ, whichever convolutions take each other's weights", () => {
  const alike = [...Map.groupBy(cells, (i) => expressions[i]).values()].flatMap((members) => {
    const other = members.find((i) => functions[i] !== functions[members[0]]);
    return other === undefined ? [] : [[members[0], other]];
  });
  for (const pair of alike.slice(0, 15)) {
    const [a, b] = pair.map(cellAt).sort((x, y) =>
      sameFunction(x).convolutions.length - sameFunction(y).convolutions.length
    );
    const count = sameFunction(b).convolutions.length;
    const own = logits(b, numbered(b));
    for (const numbers of injections(sameFunction(a).convolutions.length, count)) {
      const apart = difference(own, logits(a, numbered(a, numbers)));
      assert.ok(apart > 1e-3, `${cellText(a)} with ${numbers} equals ${cellText(b)}`);
    }
  }
});

/** Every choice of `n` different numbers below `of`, in every order. */
function injections(n: number, of: number): number[][] {
  if (n === 0) return [[]];
  return injections(n - 1, of).flatMap((head) =>
    Array.from({ length: of }, (_, k) => k).filter((k) => !head.includes(k)).map((
      k,
    ) => [...head, k])
  );
}

Deno.test("pooling a sum and summing pooled terms are kept apart, though their numbers are equal", () => {
  const [outside, inside] = [[2, 0, 1, 0, 1, 4], [2, 1, 4, 1, 4, 1]] as Cell[];
  assert.notEqual(sameFunction(outside).text, sameFunction(inside).text);
  assert.ok(
    difference(logits(outside, numbered(outside)), logits(inside, numbered(inside))) < 1e-4,
  );
});
