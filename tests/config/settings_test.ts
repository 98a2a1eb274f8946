/** The list of settings says what the schema does, and the page is that list. */
import assert from "node:assert/strict";
import { SETTINGS_PAGE } from "@/cli/readme.ts";
import { type PartialConfig, resolveConfig, settings, settingsPage } from "@/config.ts";

const listed = settings();
const at = (name: string) => listed.find((setting) => setting.name === name)!;

/** A part of a config with one setting. */
const only = (name: string, value: unknown): PartialConfig =>
  name.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as PartialConfig;

const valueAt = (config: unknown, name: string) =>
  name.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], config);

Deno.test("the page of settings is the list", async () => {
  assert.equal(await Deno.readTextFile(SETTINGS_PAGE), settingsPage(), "run: deno task readme");
});

Deno.test("every setting has default, range, description and source in words", () => {
  assert.ok(listed.length > 70, `${listed.length} settings`);
  for (const { name, defaultText, range, description, source } of listed) {
    for (const words of [defaultText, range, source]) assert.ok(words?.length > 0, name);
    assert.match(description, /^\S.*\.$/, name);
  }
  // A few as the published recipes say them, by hand.
  assert.deepEqual(
    ["training.momentum", "hardware.adc.bits", "hardware.gMax_uS", "hwt.remap"].map((name) => {
      const { defaultText, unit, range } = at(name);
      return [defaultText, unit, range];
    }),
    [
      ["0.9", "", "at least 0, below 1"],
      ["8", "bits", "whole, 2 to 16"],
      ["25 of pcm, 40 of reram_wan2022", "uS", "above 0"],
      ['"layerwise"', "", "layerwise | channelwise | none"],
    ],
  );
  assert.equal(at("hardware.adc.kind").range, "ideal | bits | resolution");
  assert.equal(at("hardware.simulator.kind").range, "aihwkit | crosssim");
  assert.match(at("hardware.simulator.wire_ohm").source, /CrossSim/);
  assert.match(at("ptq.observer").source, /torch/);
});

Deno.test("a setting's default is what an empty config resolves to", () => {
  const config = resolveConfig();
  for (const { name, defaultText } of listed) {
    // Arrays, which tiles have not; NAS-Bench-201 is not named, as before there were other spaces.
    if (/^hardware\.simulator\.|^network\.space$/.test(name)) continue;
    let stated: unknown;
    try {
      stated = JSON.parse(defaultText);
    } catch {
      continue; // words on what it depends on
    }
    assert.deepEqual(valueAt(config, name), stated, name);
  }
});

Deno.test("every setting of a whole config is listed", () => {
  const names = new Set(listed.map(({ name }) => name));
  const walk = (value: object, path: string): void => {
    for (const [key, inner] of Object.entries(value)) {
      const name = path === "" ? key : `${path}.${key}`;
      if (inner !== null && typeof inner === "object" && !Array.isArray(inner)) walk(inner, name);
      else assert.ok(names.has(name) || [...names].some((n) => n.startsWith(`${name}.`)), name);
    }
  };
  walk(resolveConfig(), "");
  walk(resolveConfig({ hardware: { simulator: { device: "sonos" } } }), "");
});

Deno.test("each word of a range is accepted, another is not", () => {
  // Words that bind other settings: kinds, devices, splits (tests/config/conflicts_test.ts has those).
  const alone = listed.filter(({ name }) => !/\.kind$|^hardware\.simulator\.|Split$/.test(name));
  const worded = alone.filter(({ range }) => range.includes(" | "));
  assert.ok(worded.length > 8);
  for (const { name, range } of worded) {
    const words = range.split(", or ").filter((kind) => !/^at least/.test(kind)).join(" | ");
    for (const word of words.split(" | ")) {
      const isTruth = word === "true" || word === "false";
      resolveConfig(only(name, isTruth ? word === "true" : word));
    }
    assert.throws(() => resolveConfig(only(name, "sideways")), { name: "InputError" }, name);
  }
});
