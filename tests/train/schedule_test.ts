import assert from "node:assert/strict";
import { afterEpoch, cosine, type Plateau } from "../../src/train/mod.ts";

Deno.test("cosine equals PyTorch's CosineAnnealingLR", () => {
  // torch 2.13, SGD(lr=0.1), CosineAnnealingLR(T_max=12), get_last_lr() at the start of each epoch.
  const golden = [
    0.1,
    0.09829629131445342,
    0.09330127018922195,
    0.08535533905932738,
    0.07500000000000001,
    0.06294095225512605,
    0.05000000000000001,
    0.03705904774487397,
    0.025000000000000015,
    0.01464466094067263,
    0.006698729810778066,
    0.0017037086855465904,
  ];
  for (const [epoch, want] of golden.entries()) {
    assert(Math.abs(cosine(0.1, epoch, 12) - want) < 1e-12, `epoch ${epoch}`);
  }
});

Deno.test("plateau equals PyTorch's ReduceLROnPlateau", () => {
  // torch 2.13, Adam(lr=1e-3), ReduceLROnPlateau(mode="max", factor=0.1, patience=3), after each value.
  const values = [
    50,
    60,
    61,
    61.001,
    60,
    61.004,
    61.0,
    61.02,
    61.02,
    61.02,
    61.02,
    60,
    61,
    60,
    59,
    58,
    70,
    69,
    69,
    69,
    69,
    69,
  ];
  const golden = [
    0.001,
    0.001,
    0.001,
    0.001,
    0.001,
    0.001,
    0.0001,
    0.0001,
    0.0001,
    0.0001,
    0.0001,
    1e-05,
    1e-05,
    1e-05,
    1e-05,
    1.0000000000000002e-06,
    1.0000000000000002e-06,
    1.0000000000000002e-06,
    1.0000000000000002e-06,
    1.0000000000000002e-06,
    1.0000000000000002e-07,
    1.0000000000000002e-07,
  ];
  let plateau: Plateau = { learningRate: 1e-3, best: null, waited: 0 };
  for (const [epoch, value] of values.entries()) {
    plateau = afterEpoch(plateau, value, { factor: 0.1, patience: 3 });
    assert(Math.abs(plateau.learningRate - golden[epoch]) < 1e-15, `epoch ${epoch}`);
  }
});
