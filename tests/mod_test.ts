import assert from "node:assert/strict";

Deno.test({
  name: "importing the shared module loads no TensorFlow",
  ignore: Deno.build.os !== "linux",
  async fn() {
    // In a process of its own: other tests of this process may have loaded it.
    const program = 'await import("./src/mod.ts"); ' +
      'console.log(await Deno.readTextFile("/proc/self/maps"));';
    const { success, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", program],
    }).output();
    assert.ok(success);
    const mapped = new TextDecoder().decode(stdout);
    assert.match(mapped, /deno/);
    assert.doesNotMatch(mapped, /tensorflow/i);
  },
});
