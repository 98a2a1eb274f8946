/** notebooks/own/ is its owner's: git ignores it, and neither commands nor checks of the project take it up. */
import assert from "node:assert/strict";
import { allNotebooks } from "@/notebook/mod.ts";

const path = "notebooks/own/some_question.ipynb";

Deno.test("git ignores what stands in notebooks/own, but for its README", async () => {
  const ignored = async (file: string) =>
    (await new Deno.Command("git", { args: ["check-ignore", "--quiet", file] }).output()).code ===
      0;
  assert.ok(await ignored(path));
  assert.ok(await ignored("notebooks/own/mine.ts"));
  assert.ok(!await ignored("notebooks/own/README.md"));
  assert.ok(!await ignored("notebooks/21_another.ipynb"));
});

Deno.test("the notebooks of the study are those above it; formatter and linter pass it over", async () => {
  assert.ok(allNotebooks("notebooks").every((notebook) => !notebook.includes("own/")));
  assert.ok(allNotebooks("notebooks").length >= 17);
  const { fmt, lint } = JSON.parse(await Deno.readTextFile("deno.json"));
  assert.ok(fmt.exclude.includes("notebooks/own/"));
  assert.ok(lint.exclude.includes("notebooks/"));
});
