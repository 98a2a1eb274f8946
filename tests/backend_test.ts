/** Importing is free; the kernels' gradients are those of their values. */
import assert from "node:assert/strict";

Deno.test("importing backend.ts and the network room loads no TensorFlow", async () => {
  const script = `
    await import("./src/backend.ts");
    await import("./src/network/mod.ts");
    console.log(Deno.readTextFileSync("/proc/self/maps").includes("libtensorflow"));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", script] }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), "false");
});
