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
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  assert.match(header.__metadata__.sha256, /^[0-9a-f]{64}$/);
  delete header.__metadata__;
  assert.deepEqual(header, {
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
  const header = (text: string) => {
    const json = new TextEncoder().encode(text), bytes = new Uint8Array(8 + json.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(json, 8);
    return bytes;
  };
  refused(header('{"a":{"dtype":"F32"}}'), /its header .*a\.shape/);
  refused(header('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}'), /a\.shape\.0/);
  refused(header("[]"), /its header/);
  refused(header('{"a":'), /header is no JSON/);
  const shape = Array.from(good, (b) => String.fromCharCode(b)).join("").replace("[3]", "[2]");
  refused(Uint8Array.from(shape, (c) => c.charCodeAt(0)), /a has 12 bytes/);
});

/** A file of one tensor as `safetensors.torch.save_file` lays it out. */
function file(dtype: string, shape: number[], data: Uint8Array): Uint8Array {
  const entry = { a: { dtype, shape, data_offsets: [0, data.length] } };
  const json = new TextEncoder().encode(JSON.stringify(entry).padEnd(80));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

Deno.test("a bit that flips anywhere in a file is found, in the tensors and in what it says of itself", () => {
  const good = encodeSafetensors(
    {
      w: { shape: [2], data: Float32Array.of(1.5, -2) },
      n: { shape: [1], data: Int32Array.of(7) },
    },
    { cell: "(2,2,0,4,2,1)", seed: "0" },
  );
  const header = 8 + Number(new DataView(good.buffer).getBigUint64(0, true));
  const word = new TextDecoder("latin1").decode(good.subarray(0, header)).indexOf("sha256");
  assert.ok(word > 8);
  for (let at = 8; at < good.length; at++) {
    const bytes = good.slice();
    bytes[at] ^= 1;
    // Blanks that pad the header say nothing; without the word sha256 a file is one that has no checksum.
    if ((at < header && good[at] === 0x20) || (at >= word && at < word + 6)) continue;
    assert.throws(() => decodeSafetensors(bytes, "weights.st"), InputError, `byte ${at}`);
  }
  assert.deepEqual(decodeSafetensors(good, "x").metadata, { cell: "(2,2,0,4,2,1)", seed: "0" });
});

Deno.test("other widths of floating point become float32", () => {
  const read = (dtype: string, data: number[]) =>
    [...decodeSafetensors(file(dtype, [3], Uint8Array.from(data)), "x").tensors.a.data].map(Number);
  // 1.5, -2 and 0.333...: the bytes are PyTorch's, torch.tensor([1.5, -2, 1 / 3]).to(dtype).
  assert.deepEqual(read("F16", [0, 0x3e, 0, 0xc0, 0x55, 0x35]), [1.5, -2, 0.333251953125]);
  assert.deepEqual(read("BF16", [0xc0, 0x3f, 0, 0xc0, 0xab, 0x3e]), [1.5, -2, 0.333984375]);
  // deno-fmt-ignore
  const doubles = [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0,
    0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0xd5, 0x3f];
  assert.deepEqual(read("F64", doubles), [1.5, -2, Math.fround(1 / 3)]);
});

Deno.test("sound files that cannot be read are told what they are, and nobody is told to remove them", () => {
  const refused = (bytes: Uint8Array, message: RegExp) =>
    assert.throws(() => decodeSafetensors(bytes, "net.st"), (error) => {
      assert(error instanceof InputError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /damaged|[Rr]emove/);
      return true;
    });
  refused(file("F8_E4M3", [2], new Uint8Array(2)), /a has the dtype F8_E4M3.*Convert it to F32/);
  refused(file("U16", [1], new Uint8Array(2)), /a has the dtype U16.*tensor\.float\(\)/);
  const starting = (...bytes: number[]) => Uint8Array.from([...bytes, ...new Uint8Array(100)]);
  refused(starting(0x50, 0x4b, 3, 4), /net\.st is a zip archive, as torch\.save.*save_file/);
  refused(starting(0x80, 2, 0x8a, 10), /is a pickle/);
  refused(new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\n"), /git lfs pull/);
});

Deno.test("a shape that does not fit its values is a defect of the caller", () => {
  assert.throws(
    () => encodeSafetensors({ a: { shape: [2], data: Float32Array.of(1) } }),
    { name: "InputError" },
  );
});
