import assert from "node:assert/strict";
import { readValues, sealed } from "@/paper/mod.ts";

/** What reading says of a file with `text`; null where it is read. */
async function fault(text: string): Promise<string | null> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, text);
    return await readValues(path).then(() => null, (error) => `${error.name}: ${error.message}`);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("values that code wrote are read; a hand-altered number, key or order of keys is refused", async () => {
  const text = JSON.stringify(
    sealed({ "mean.hwt": 82.5, "best.hwt.cell": "(0,1,2,3,4,0)" }),
    null,
    1,
  );
  assert.equal(await fault(text), null);
  assert.equal(await fault(JSON.stringify(JSON.parse(text))), null, "white space is no number");
  for (
    const altered of [
      text.replace("82.5", "82.6"),
      text.replace("mean.hwt", "mean.noisy"),
      text.replace("(0,1", "(1,1"),
      text.replace(/ "best[^\n]*\n/, ""),
      JSON.stringify({ "mean.hwt": 82.5 }),
    ]
  ) {
    assert.notEqual(altered, text);
    assert.match(
      await fault(altered) ?? "",
      /^InputError: .*altered after it was computed.*deno task values/,
    );
  }
});
