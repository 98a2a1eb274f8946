import assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { readPartialConfig } from "@/config.ts";
import { readJson, readJsonIfThere } from "@/json_file.ts";

const folder = await Deno.makeTempDir();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const schema = z.strictObject({ steps: z.int(), name: z.string() });

async function written(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await Deno.writeFile(
    path,
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  return path;
}

/** `text` as UTF-16 with its mark, low byte first or not. */
function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  [..."\ufeff" + text].forEach((c, i) => view.setUint16(2 * i, c.charCodeAt(0), little));
  return new Uint8Array(view.buffer);
}

Deno.test("files are read with a byte-order mark, with Windows' line ends, and in UTF-16", async () => {
  const text = '{\r\n "steps": 3,\r\n "name": "Müller"\r\n}\r\n';
  for (const content of [text, "\ufeff" + text, utf16(text, true), utf16(text, false)]) {
    const value = await readJson(await written(content), schema, "Mend it.");
    assert.deepEqual(value, { steps: 3, name: "Müller" });
  }
  const config = await written('\ufeff{"hardware": {"gMax_uS": 20}}');
  assert.deepEqual(await readPartialConfig(config), { hardware: { gMax_uS: 20 } });
});

Deno.test("a file that is cut, empty, another or missing is one message with file, place and remedy", async () => {
  const cases: [string, RegExp][] = [
    ['{"steps": 3, "na', /not valid JSON, .*position 16/],
    ['{\n "steps": 3,\n}', /not valid JSON, .*line 3 column 1/],
    ["", /not valid JSON, it is empty/],
    ["\x89PNG\r\n\x1a\n\0\0", /not valid JSON, it is no text\. /],
    ["null", /the whole: Invalid input/],
    ['{"steps": "3", "name": "x"}', /steps: Invalid input/],
  ];
  for (const [content, message] of cases) {
    const path = await written(content);
    const fault = await readJson(path, schema, "Mend it.").catch((error) => error);
    assert.equal(fault.name, "InputError");
    assert.match(fault.message, message);
    assert.ok(fault.message.includes(path), fault.message);
    assert.match(fault.message, / Mend it\.$/);
  }
  const missing = join(folder, "none.json");
  await assert.rejects(readJson(missing, schema, "Make it."), {
    name: "InputError",
    message: `Cannot read ${missing}: there is no such file. Make it.`,
  });
  assert.equal(await readJsonIfThere(missing, schema, "Make it."), null);
});
