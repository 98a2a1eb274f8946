import assert from "node:assert/strict";

Deno.test({
  name: "importing the shared module loads no TensorFlow",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await import("../src/mod.ts");
    assert.doesNotMatch(await Deno.readTextFile("/proc/self/maps"), /tensorflow/i);
  },
});
