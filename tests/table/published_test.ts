import assert from "node:assert/strict";
import { InputError } from "../../src/input_error.ts";
import { publishedRows } from "../../src/table/mod.ts";

const pickle = (text: string) => new TextEncoder().encode(text);

const refuses = (bytes: Uint8Array, message: RegExp) =>
  assert.rejects(() => publishedRows(bytes), (error) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, message);
    return true;
  });

Deno.test("a pickle that asks for anything but the benchmark's classes is refused", async () => {
  // Protocol 0: os.system("true"), which Python's own loader would run.
  await refuses(pickle("cos\nsystem\n(S'true'\ntR."), /asks for os\.system, which is not admitted/);
  await refuses(pickle("c__builtin__\neval\n(S'1'\ntR."), /asks for __builtin__\.eval/);
});

Deno.test("a pickle without all cells, or with a key that is no cell, is refused", async () => {
  await refuses(pickle("(d."), /has 0 cells, not 15625/);
  // {(0, 0, 0, 4, 3, 5): 1}
  await refuses(
    pickle("(d(I0\nI0\nI0\nI4\nI3\nI5\ntI1\ns."),
    /key \(0,0,0,4,3,5\), which is no cell/,
  );
  // {(0, 0, 0, 4, 3, 2): {}}
  await refuses(
    pickle("(d(I0\nI0\nI0\nI4\nI3\nI2\nt(ds."),
    /cell \(0,0,0,4,3,2\) has no number baseline_accuracy/,
  );
});
