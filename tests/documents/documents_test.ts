/** Documents: links lead somewhere, tasks exist, versions agree. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readJson } from "@/json_file.ts";
import { OPERATIONS } from "@/space/mod.ts";
import { z } from "zod";

const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"];
for (const folder of ["docs", "docs/api"]) {
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".md")) pages.push(`${folder}/${name}`);
  }
}

Deno.test("every relative link and picture of a document leads to a file", async () => {
  const dead: string[] = [];
  for (const page of pages) {
    const text = await Deno.readTextFile(page);
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      await Deno.stat(join(dirname(page), target)).catch(() => dead.push(`${page}: ${target}`));
    }
  }
  assert.deepEqual(dead, []);
});

Deno.test("README leads to every page of docs", async () => {
  const readme = await Deno.readTextFile("README.md");
  const missing = pages.filter((page) => page.startsWith("docs/") && !readme.includes(page));
  assert.deepEqual(missing, []);
});

Deno.test("each task that a document names is a task of deno.json", async () => {
  const remedy = "Restore it with `git checkout -- deno.json`.";
  const { tasks } = await readJson("deno.json", z.object({ tasks: z.looseObject({}) }), remedy);
  const unknown: string[] = [];
  for (const page of pages.filter((page) => page !== "CHANGELOG.md")) {
    for (const [, task] of (await Deno.readTextFile(page)).matchAll(/deno task ([a-z][\w:-]*)/g)) {
      if (!(task in tasks)) unknown.push(`${page}: ${task}`);
    }
  }
  assert.deepEqual(unknown, []);
});

Deno.test("the version is the same wherever it is stated", async () => {
  const { version } = await readJson(".zenodo.json", z.object({ version: z.string() }), "");
  const cff = await Deno.readTextFile("CITATION.cff");
  assert.equal(cff.match(/^version: (.*)$/m)?.[1], version);
  assert.match(await Deno.readTextFile("CHANGELOG.md"), new RegExp(`^## ${version}\\b`, "m"));
});

Deno.test("the glossary numbers the operations as the space does", async () => {
  const numbered = OPERATIONS.map((name, digit) => `${digit} \`${name}\``).join(", ");
  const glossary = (await Deno.readTextFile("docs/glossary.md")).replaceAll(/\s+/g, " ");
  assert.ok(glossary.includes(numbered), numbered);
});
