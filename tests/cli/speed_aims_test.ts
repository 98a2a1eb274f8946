import assert from "node:assert/strict";
import { speedAims } from "@/cli/speed_aims.ts";

const RESULTS = {
  "bench.analog_inference.times_aihwkit": 15,
  "bench.analog_inference.times_digital": 1.6,
  "bench.avx2.analog_inference.times_aihwkit": 14.99,
  "bench.avx2.analog_inference.times_digital": 1.7,
  "bench.avx2.programming.times_aihwkit": 1.2,
};

Deno.test("an aim is met at its ratio, and missed on its wrong side; what is not measured is left out", () => {
  const { "bench.aims.standing": first, "bench.avx2.aims.standing": second } = speedAims(RESULTS);
  assert.equal(first, "all 2 measured there are met");
  assert.equal(
    second,
    "1 of the 3 measured there is met, missed are inference against AIHWKit (14.99) and " +
      "inference against digital (1.7)",
  );
});

Deno.test("the aims are named with their sides", () => {
  assert.match(
    speedAims({})["bench.aims"] as string,
    /^at least 15 for inference against AIHWKit, at most 1\.6 for inference against digital, /,
  );
});
