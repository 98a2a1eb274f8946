/** What networks ask of a chip: by hand for tiny ones, and the closed form of cells against their plans. */
import assert from "node:assert/strict";
import darts from "../golden/spaces/darts_complexity.json" with { type: "json" };
import { cellAt, chipCounts, parseCell, parseDarts, parseResNet } from "@/space/mod.ts";
import {
  convolution,
  dartsPlan,
  networkPlan,
  planChipCounts,
  planComplexity,
  resNetPlan,
  stepList,
} from "@/network/mod.ts";

const tiny = (steps: ReturnType<typeof stepList>["steps"], ...how: ["sequential"?]) =>
  planChipCounts({
    architecture: { space: "custom", text: "tiny" },
    scale: {},
    classes: 1,
    images: { height: 4, width: 4, channels: 3 },
    steps,
  }, ...how);

Deno.test("one convolution with batch norm, counted by hand", () => {
  const list = stepList();
  // 3x3, stride 2, 3 -> 5 channels on 4x4 pixels: 2x2 positions, 27 rows, 5 columns
  const stem = convolution("stem", 3, 5, 3, { stride: 2 });
  list.convolution(stem, { name: "norm", channels: 5 }, "images");
  assert.deepEqual(tiny(list.steps), {
    tiles: 1,
    products: 4,
    dacConversions: 4 * 27,
    adcConversions: 4 * 5,
    cellReads: 4 * 27 * 5,
    digitalOperations: 4 * 5,
    bytes: 3 * 16 + 5 * 4,
    productsInSequence: 4,
  });
});

Deno.test("a layer over four crossbars drives rows twice and adds partial sums", () => {
  const list = stepList();
  const wide = list.convolution(convolution("wide", 3, 600, 1), null, "images");
  const mean = list.add("mean", { kind: "global_average" }, [wide]);
  list.add("fc", { kind: "linear", layer: { name: "fc", inFeatures: 600, outFeatures: 520 } }, [
    mean,
  ]);
  const positions = 16;
  assert.deepEqual(tiny(list.steps), {
    tiles: 2 + 4, // 3 x 600 and 600 x 520
    products: 2 * positions + 4,
    dacConversions: 3 * 2 * positions + 600 * 2,
    adcConversions: 600 * positions + 520 * 2,
    cellReads: 3 * 600 * positions + 600 * 520,
    digitalOperations: 600 * positions + 520 + 520, // mean, partial sums, biases
    bytes: (3 + 600) * positions + (600 * positions + 600) + (600 + 520),
    productsInSequence: positions + 1,
  });
});

Deno.test("depthwise convolution, pooling, sum and ReLU are digital; parallel layers wait for the slower", () => {
  const list = stepList();
  const wide = list.convolution(convolution("wide", 3, 8, 1), null, "images"); // 16 products
  const depthwise = convolution("depthwise", 8, 8, 3, { groups: 8 });
  const a = list.convolution(depthwise, null, wide);
  const b = list.add(
    "pool",
    { kind: "average_pool", size: 3, stride: 1, padding: "same" },
    [wide],
  );
  const c = list.convolution(convolution("pointwise", 8, 8, 1), null, wide); // 16 more
  list.relu("relu", list.add("sum", { kind: "sum" }, [a, b, c]));
  const values = 8 * 16;
  const counts = tiny(list.steps);
  assert.equal(counts.digitalOperations, (9 + 9 + 2 + 1) * values);
  assert.equal(counts.bytes, (3 * 16 + values) + 3 * 2 * values + 4 * values);
  assert.equal(counts.productsInSequence, 32);
  assert.equal(counts.tiles, 2);
});

Deno.test("a depthwise convolution of sequential channels: a small crossbar and a product for each", () => {
  const list = stepList();
  // 5x5 on 3 channels of 4x4 pixels, stride 2: 2x2 positions, 25 rows and one column a channel
  const layer = convolution("depthwise", 3, 3, 5, { groups: 3, stride: 2, padding: 2 });
  list.convolution(layer, { name: "norm", channels: 3 }, "images");
  assert.deepEqual(tiny(list.steps, "sequential"), {
    tiles: 3,
    products: 3 * 4,
    dacConversions: 3 * 4 * 25,
    adcConversions: 3 * 4,
    cellReads: 3 * 4 * 25,
    digitalOperations: 3 * 4, // the batch norm
    bytes: 3 * 16 + 3 * 4,
    productsInSequence: 3 * 4,
  });
});

Deno.test("sequential channels move PyTorch's depthwise multiply-adds of DARTS cells onto crossbars", () => {
  /** Depthwise convolutions of a cell: two in a separable edge (3, 4), one in a dilated one (5, 6). */
  const inCell = (edges: string) =>
    edges.split(/[ |]/).reduce(
      (n, [op]) => n + ("34".includes(op) ? 2 : "56".includes(op) ? 1 : 0),
      0,
    );
  const rows = darts.rows.filter(({ C, N }) => C === 8 && N === 1);
  assert.equal(rows.length, 64);
  for (const { arch, C, N, tiles, depthwise_macs: macs } of rows) {
    const plan = dartsPlan(parseDarts(arch), { channels: C, cellsPerStage: N });
    const [digital, sequential] = [planChipCounts(plan), planChipCounts(plan, "sequential")];
    const [normal, reduction] = arch.slice("darts:".length).split("/").map(inCell);
    // Normal cells have C, 2 C and 4 C channels, the reductions between them 2 C and 4 C.
    const channels = C * (7 * normal + 6 * reduction);
    assert.equal(digital.tiles, tiles);
    assert.deepEqual(
      { ...sequential, products: 0, adcConversions: 0, productsInSequence: 0 },
      {
        ...digital,
        tiles: tiles + channels,
        dacConversions: digital.dacConversions + macs,
        cellReads: digital.cellReads + macs,
        digitalOperations: digital.digitalOperations - macs,
        products: 0,
        adcConversions: 0,
        productsInSequence: 0,
      },
    );
    // A product reads one column: as many sums are read as products are made.
    const products = sequential.products - digital.products;
    assert.equal(sequential.adcConversions - digital.adcConversions, products);
    assert.equal(sequential.products, planComplexity(plan, "sequential").crossbarProducts);
  }
});

Deno.test("the closed form of a cell's network equals the count of its plan", () => {
  const sizes = [
    { channels: 3, cellsPerStage: 2 },
    { channels: 65, cellsPerStage: 1, classes: 7 }, // layers of several crossbars
  ];
  const cells = Array.from({ length: 626 }, (_, i) => cellAt(Math.min(25 * i, 15_624)));
  for (const cell of [...cells, parseCell("(1,1,1,1,1,1)"), parseCell("(1,2,1,1,1,2)")]) {
    for (const size of sizes) {
      assert.deepEqual(chipCounts(cell, size), planChipCounts(networkPlan(cell, size)), `${cell}`);
    }
  }
});

Deno.test("tiles, products and multiply-adds are those of the other counts", () => {
  for (
    const plan of [
      networkPlan(parseCell("(2,2,0,4,2,1)"), { channels: 16, cellsPerStage: 5 }),
      resNetPlan(parseResNet("resnet:3x16-3x32-3x64:A")),
    ]
  ) {
    const counts = planChipCounts(plan), complexity = planComplexity(plan);
    assert.equal(counts.tiles, complexity.tiles);
    assert.equal(counts.products, complexity.crossbarProducts);
    assert.equal(counts.cellReads, complexity.macs - 10); // the biases are digital
  }
});
