/** The examples of the API's pages run and answer what the pages say. They reach TensorFlow's rooms. */
import "@/backend.ts";
import assert from "node:assert/strict";
import { program, runPages } from "./examples.ts";

Deno.test("every example of docs/api runs and answers what its page says", async () => {
  const pages: string[] = [];
  for await (const { name } of Deno.readDir("docs/api")) pages.push(name.replace(/\.md$/, ""));
  assert.ok(pages.length > 4);
  await runPages(pages.sort());
});

Deno.test("an answer becomes an assertion", () => {
  assert.match(program("```ts\n1 + 1; //= 3\n```\n"), /^same\(1 \+ 1, "3"\);$/m);
});
