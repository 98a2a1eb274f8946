import assert from "node:assert/strict";
import { resolvedRows, settingsText } from "@/cli/config_text.ts";
import { resolveConfig, settings } from "@/config.ts";

Deno.test("the list holds every setting; a part narrows it, a wrong one names the nearest", () => {
  const whole = settingsText();
  for (const { name } of settings()) assert.ok(whole.includes(`\n  ${name} = `), name);
  const adc = settingsText("hardware.adc");
  assert.match(adc, /hardware\.adc\.bits = 8 bits {3}\(whole, 2 to 16\)\n +Width .* Source: /);
  assert.doesNotMatch(adc, /hardware\.dac/);
  const refused = (part: string, message: RegExp) =>
    assert.throws(() => settingsText(part), { name: "InputError", message });
  refused("hardwear", /Did you mean hardware\?/);
  refused("adc", /Did you mean hardware\.adc\?/);
});

Deno.test("a resolved config says of each setting where it comes from", () => {
  const partial = { protocol: "as_published", hardware: { adc: { bits: 6 } } } as const;
  const rows = new Map(
    resolvedRows(resolveConfig(partial), partial, "my.json").map(([name, ...rest]) => [name, rest]),
  );
  assert.deepEqual(rows.get("hardware.adc.bits"), ["6", "my.json"]);
  assert.deepEqual(rows.get("hardware.adc.bound"), ["10", "default"]);
  assert.deepEqual(rows.get("hardware.gMax_uS"), ["25", "default"]);
  assert.deepEqual(rows.get("protocol"), ["as_published", "my.json"]);
  assert.deepEqual(rows.get("departures.validationImages"), ["0", "protocol as_published"]);
  assert.deepEqual(rows.get("measurement.inferenceTimes_s"), [
    "[60,3600,86400,2592000]",
    "default",
  ]);
});
