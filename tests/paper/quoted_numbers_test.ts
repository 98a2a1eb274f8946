import assert from "node:assert/strict";
import { withQuotedNumbers } from "@/paper/mod.ts";

const fill = (text: string) =>
  withQuotedNumbers(text, { "a.b": 15284, "c~d@1h": -0.45678, cell: "(2,2,0,4,2,1)" }, "X.md");

Deno.test("a quoted number is replaced by the value of its key", () => {
  assert.equal(fill("n = <!-- v a.b -->?<!-- /v -->."), "n = <!-- v a.b -->15,284<!-- /v -->.");
  assert.equal(fill("<!-- v c~d@1h 3 --><!-- /v -->"), "<!-- v c~d@1h 3 -->-0.457<!-- /v -->");
  assert.equal(fill("<!-- v cell -->x<!-- /v -->"), "<!-- v cell -->(2,2,0,4,2,1)<!-- /v -->");
  const twice = fill(fill("<!-- v a.b -->1<!-- /v --> and <!-- v a.b 1 -->2<!-- /v -->"));
  assert.equal(twice, "<!-- v a.b -->15,284<!-- /v --> and <!-- v a.b 1 -->15,284.0<!-- /v -->");
});

Deno.test("a key that does not exist is an error that names file and key", () => {
  assert.throws(() => fill("<!-- v a.c -->1<!-- /v -->"), /X\.md quotes a\.c/);
});
