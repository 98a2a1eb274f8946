/** The list of wrong programs and the trial of one: what is noticed, what is not, what no longer fits. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Mutant, mutated } from "../../bench/mutate/mutant.ts";
import { MUTANTS } from "../../bench/mutate/mutants.ts";
import { trial } from "../../bench/mutate/verdict.ts";

Deno.test("each mutant has a name of its own, a file and a test that exist, and changes something", async () => {
  assert(MUTANTS.length >= 60);
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  for (const { name, test, from, to } of MUTANTS) {
    assert((await Deno.stat(test)).isFile, `${name}: ${test}`);
    assert.notEqual(from, to, name);
  }
});

Deno.test("the list keeps up with the files: all but a few mutants find their text", async () => {
  const stale: string[] = [];
  for (const { name, file, from } of MUTANTS) {
    if ((await Deno.readTextFile(file)).split(from).length !== 2) stale.push(name);
  }
  assert(stale.length <= MUTANTS.length / 50, `mend the text of ${stale.join("; ")}`);
});

const mutant: Mutant = {
  name: "sum: minus",
  file: "sum.ts",
  from: "a + b",
  to: "a - b",
  test: "sum_test.ts",
};

Deno.test("a change is made where its text stands once, and literally", () => {
  assert.equal(mutated("x = a + b;", { ...mutant, to: "$&" }), "x = $&;");
  assert.throws(() => mutated("x = a;", mutant), /stands 0 times in sum\.ts/);
  assert.throws(() => mutated("a + b, a + b", mutant), /stands 2 times/);
});

Deno.test("a test that fails on it kills a mutant; the project's text is put back", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mutate_test_" });
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  const source = "export const sum = (a: number, b: number) => a + b;\n";
  const testing = (x: number, y: number, sum: number) =>
    `import { sum } from "./sum.ts";\n` +
    `Deno.test("sum", () => { if (sum(${x}, ${y}) !== ${sum}) throw new Error("wrong"); });\n`;
  await write("deno.json", "{}");
  await write("sum.ts", source);
  await write("sum_test.ts", testing(2, 1, 3));
  await write("weak_test.ts", testing(2, 0, 2));
  await write("broken_test.ts", testing(2, 1, 4));
  const verdict = trial(folder);
  assert.equal((await verdict(mutant))[0], "killed");
  assert.equal((await verdict({ ...mutant, test: "weak_test.ts" }))[0], "survived");
  const broken = await verdict({ ...mutant, test: "broken_test.ts" });
  assert.deepEqual(broken, ["stale", "broken_test.ts fails without it"]);
  assert.equal((await verdict({ ...mutant, from: "a * b" }))[0], "stale");
  assert.equal(await Deno.readTextFile(join(folder, "sum.ts")), source);
  await Deno.remove(folder, { recursive: true });
});
