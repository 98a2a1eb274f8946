/** The archive of the site: the same files give the same bytes. */
import assert from "node:assert/strict";
import { unzipSync } from "fflate";
import { archive } from "@/site/mod.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("an archive holds every file once, sorted, at one time, below its folder", () => {
  const files = { "b.html": bytes("two"), "a/1.html": bytes("one") };
  const zip = archive(files, "site"), back = unzipSync(zip);
  assert.deepEqual(Object.keys(back), ["site/a/1.html", "site/b.html"]);
  assert.deepEqual(back["site/b.html"], files["b.html"]);
  // APPNOTE 4.4.6: two bytes of time, two of date, from byte 10; 1980-01-01 00:00 is day 1 of month 1 of year 0
  assert.deepEqual([...zip.slice(10, 14)], [0, 0, 0b0010_0001, 0]);
});

Deno.test("neither the order of the files nor the hour changes a byte", async () => {
  const one = archive({ a: bytes("x"), b: bytes("y") }, "site");
  await new Promise((resolve) => setTimeout(resolve, 2100)); // ZIP tells two seconds apart
  assert.deepEqual(archive({ b: bytes("y"), a: bytes("x") }, "site"), one);
});
