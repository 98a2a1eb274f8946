import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../src/input_error.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/train/mod.ts";

Deno.test("what is written is read back, bit for bit", () => {
  const tensor = fc.oneof(
    fc.float32Array({ maxLength: 20 }),
    fc.int8Array({ maxLength: 20 }),
    fc.int32Array({ maxLength: 20 }),
  ).map((data) => ({ shape: [data.length], data }));
  const metadata = fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true });
  const name = fc.string({ minLength: 1 }).filter((s) => !s.startsWith("__"));
  fc.assert(
    fc.property(fc.dictionary(name, tensor, { noNullPrototype: true }), metadata, (t, m) => {
      const { tensors, metadata } = decodeSafetensors(encodeSafetensors(t, m), "x");
      assert.deepEqual(tensors, t);
      assert.deepEqual(metadata, m);
    }),
  );
});

Deno.test("the header is laid out as the format says", () => {
  const data = Float32Array.of(1.5, -2);
  const bytes = encodeSafetensors({ a: { shape: [2, 1], data } });
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal(length % 8, 0);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), {
    a: { dtype: "F32", shape: [2, 1], data_offsets: [0, 8] },
  });
  assert.deepEqual([...bytes.subarray(8 + length)], [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]);
});

Deno.test("a file that is no safetensors is refused with its name", () => {
  const good = encodeSafetensors({ a: { shape: [3], data: Float32Array.of(1, 2, 3) } });
  const refused = (bytes: Uint8Array, message: RegExp) =>
    assert.throws(() => decodeSafetensors(bytes, "weights.st"), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, /weights\.st is damaged/);
      assert.match(error.message, message);
      return true;
    });
  refused(new Uint8Array(3), /3 bytes/);
  refused(new TextEncoder().encode("this is a text file"), /header ends beyond/);
  refused(good.subarray(0, good.length - 1), /ends before a does/);
  refused(new Uint8Array([...good, 0]), /1 bytes follow/);
  const doubles = new TextDecoder().decode(good).replace("F32", "F64");
  refused(new TextEncoder().encode(doubles), /dtype F64/);
  const shape = new TextDecoder("latin1").decode(good).replace("[3]", "[2]");
  refused(Uint8Array.from(shape, (c) => c.charCodeAt(0)), /a has 12 bytes/);
});

Deno.test("a shape that does not fit its values is a defect of the caller", () => {
  assert.throws(
    () => encodeSafetensors({ a: { shape: [2], data: Float32Array.of(1) } }),
    RangeError,
  );
});
