/** The search spaces as texts: spellings, sameness, neighbours, samples, shapes, complaints. */
import assert from "node:assert/strict";
import { InputError } from "../../src/input_error.ts";
import { prng } from "../../src/random.ts";
import { parseAnalogNas, parseArchitecture, SPACES, widthsOf } from "../../src/space/mod.ts";
import analognas from "../golden/spaces/analognas_complexity.json" with { type: "json" };
import darts from "../golden/spaces/darts.json" with { type: "json" };
import resnet from "../golden/spaces/resnet_complexity.json" with { type: "json" };

const DARTS_V2 = "darts:30 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01";

Deno.test("every text of the references reads back as it is written", () => {
  const texts = [...resnet.rows, ...analognas.rows, ...darts.architectures].map(({ arch }) => arch);
  for (const text of texts) {
    const { space, text: read } = parseArchitecture(text);
    assert.equal(space, text.split(":")[0]);
    assert.equal(read, text);
    const { canonical } = SPACES[space as "darts"];
    assert.equal(canonical(canonical(text)), canonical(text));
  }
  assert.equal(
    parseArchitecture("nas_bench_201:(2,2,0,4,2,1)").text,
    parseArchitecture("220421").text,
  );
});

Deno.test("widths of AnalogNAS divide as Python does, and equal widths are one network", () => {
  for (const { arch, widths } of analognas.rows) {
    assert.deepEqual(widthsOf(parseAnalogNas(arch)), widths);
  }
  const { canonical } = SPACES.analognas;
  assert.equal(canonical("analognas:8:0x1w0.8"), "analognas:8:1x1w0.8"); // 9 channels, not 10
  const widths15and29 = ["0.501,1x1w0.513", "0.53,1x1w0.517"].map((f) =>
    canonical(`analognas:8:1x2w${f}`)
  );
  assert.deepEqual(new Set(widths15and29), new Set(["analognas:8:1x2w0.51,1x1w0.51"]));
  assert.notEqual(canonical("analognas:8:1x2w0.5"), canonical("analognas:8:1x2w0.6"));
});

Deno.test("DARTS cells that differ in the order of edges or of independent nodes are one network", () => {
  const { canonical } = SPACES.darts, reduction = "/00 01|00 01|00 01|00 01";
  const same = [
    "darts:30 41|50 61|32 43|20 24", // nodes 2 and 3 do not need each other
    "darts:50 61|30 41|33 42|20 24",
    "darts:41 30|61 50|43 32|24 20",
  ].map((cell) => canonical(cell + reduction));
  // Written by hand: sorted edges, and the order whose first node has the smaller text.
  assert.deepEqual([...new Set(same)], ["darts:30 41|50 61|32 43|20 24" + reduction]);
  const other = canonical("darts:30 41|50 61|42 33|20 24" + reduction);
  assert.notEqual(other, same[0], "another operation on the edge from node 2");
});

Deno.test("neighbours are other networks of the space, and of theirs again", () => {
  for (const space of Object.values(SPACES)) {
    for (const text of space.sample(3, prng(1, space.id))) {
      const near = space.neighbours(text);
      assert.equal(new Set(near).size, near.length);
      assert.ok(!near.includes(space.canonical(text)));
      for (const other of near.slice(0, 12)) assert.equal(space.canonical(other), other);
    }
  }
  // 16 edges x 6 operations, and (0 + 2 + 4 + 6) free nodes in each of two cells; none of them is the same.
  assert.equal(
    SPACES.darts.neighbours("darts:30 41|50 61|32 43|23 14/30 41|50 61|32 43|23 14").length,
    120,
  );
  // Blocks up and down, widths up and down, two shortcuts, two kernels; 16-32-64 may move all ways.
  assert.equal(SPACES.resnet.neighbours("resnet:3x16-3x32-3x64:A").length, 16);
  assert.equal(SPACES.resnet.neighbours("resnet:1x16-1x16-1x16:A").length, 3 + 2 + 4);
});

Deno.test("samples are seeded, different from one another and in the space", () => {
  for (const space of Object.values(SPACES)) {
    const texts = space.sample(60, prng(5, "sample"));
    assert.equal(new Set(texts).size, 60);
    assert.deepEqual(space.sample(60, prng(5, "sample")), texts);
    for (const text of texts) assert.equal(space.canonical(text), text);
  }
  const operations = SPACES.darts.sample(400, prng(2, "darts")).join("").match(/\d(?=\d)/g)!;
  for (const digit of "0123456") {
    const share = operations.filter((o) => o === digit).length / operations.length;
    assert.ok(Math.abs(share - 1 / 7) < 0.02, `operation ${digit}: ${share}`);
  }
});

Deno.test("shapes of known networks", () => {
  const shape = (text: string) => {
    const { space, text: own } = parseArchitecture(text);
    return SPACES[space as "resnet"].shape(own);
  };
  // ResNet-20 and its plain net; by hand for the others.
  const resNet20 = { depth: 20, width: 64, skips: 9, branches: 1 };
  assert.deepEqual(shape("resnet:3x16-3x32-3x64:A"), resNet20);
  assert.equal(shape("resnet:3x16-3x32-3x64:none").skips, 0);
  const macro = { depth: 10, width: 22, skips: 4, branches: 1.75 };
  assert.deepEqual(shape("analognas:8:1x4w0.5,3x1w0.7"), macro);
  // Nodes 2 and 3: 1 operation; node 4 a separable convolution beside a skip; node 5 behind node 2 by one more.
  assert.deepEqual(shape(DARTS_V2), { depth: 2, width: 4, skips: 2, branches: 7 });
  assert.deepEqual(shape("(2,2,0,4,2,1)"), { depth: 2, width: 2, skips: 1, branches: 2 });
});

Deno.test("a text that is no network is an error that names the nearest", () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => parseArchitecture(text), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, message);
      return true;
    });
  refused("resnet:3x16-3x32-30x64:A", /nearest is resnet:3x16-3x32-18x64:A\./);
  refused("resnet:3x16-3x8-3x64:B", /no fewer than the stage before.*resnet:3x16-3x16-3x64:B\./);
  refused("resnet:3x16-3x32-3x64:C", /"C" is no shortcut.*nearest is resnet:3x16-3x32-3x64:[AB]\./);
  refused("resnet:3x16-3x32-3x64:A:35", /kernels.*nearest is resnet:3x16-3x32-3x64:A\./);
  refused("resnet:3x16", /three stages.*for example resnet:/);
  refused("analognas:8:1x5w0.9", /nearest is analognas:8:1x4w0\.8\./);
  refused("analognas:8", /for example analognas:8:/);
  refused(
    "darts:30 31|30 30|31 20|20 52/00 01|22 01|00 22|22 01",
    /two different nodes.*nearest is darts:/,
  );
  refused("darts:30 32|30 31|31 20|20 52/00 01|22 01|00 22|22 01", /nearest is darts:30 31\|/);
  refused("darts:80 31|30 31|31 20|20 52/00 01|22 01|00 22|22 01", /nearest is darts:60 31\|/);
  refused("darts:30 31", /four nodes/);
  refused("resnett:3x16-3x32-3x64:A", /no search space "resnett".*The nearest is resnet/);
  refused("nas_bench_201:(2,2,2)", /names 3 operations/);
  refused("resnet", /"resnet" is a search space.*such as resnet:3x16/);
  refused("3x16-3x32-3x64:A", /does not name its space\. Write resnet:3x16-3x32-3x64:A\./);
  refused("8:1x2w0.5", /Write analognas:8:1x2w0\.5\./);
  refused("custom:mine", /named by its weights.*deno task import-onnx/);
  // Fewest changes of letters alone would say "none".
  refused("|skip~0|+|none~0|none~1|+|none~0|none~1|none~2|", /\|skip_connect~0\|\+/);
  assert.equal(parseArchitecture("ResNet:1x4-1x8-1x16:B").text, "resnet:1x4-1x8-1x16:B");
});
