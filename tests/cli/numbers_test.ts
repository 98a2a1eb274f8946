import assert from "node:assert/strict";
import { decimal, times_s, wholeNumber } from "@/cli/numbers.ts";

const refused = (parse: (text: string) => unknown, texts: string[], message: RegExp) => {
  for (const text of texts) {
    assert.throws(() => parse(text), { name: "InputError", message }, JSON.stringify(text));
  }
};

Deno.test("a whole number is digits within its range; nothing is rounded or read as another base", () => {
  const parse = wholeNumber("--limit", 1, 20);
  assert.deepEqual(["1", "20", " 7 ", "007"].map(parse), [1, 20, 7, 7]);
  refused(
    parse,
    ["abc", "", " ", "0", "21", "-3", "+3", "2.5", "1e1", "0x10", "1_0", "NaN", "Infinity", "5 6"],
    /^--limit wants a whole number from 1 to 20, not ".*"\.$/,
  );
  refused(wholeNumber("--seed"), ["9007199254740993"], /^--seed wants a whole number from 0, not/);
});

Deno.test("a decimal number has a point, within its range; a comma is named", () => {
  const parse = decimal("--at-least baseline", 0, 100);
  assert.deepEqual(["92", "92.5", ".5", "5.", "1e2", "+3"].map(parse), [92, 92.5, 0.5, 5, 100, 3]);
  refused(
    parse,
    ["", "x", "100.1", "-1", "0x1F", "1e", "Infinity", "9 2", "92%"],
    /^--at-least baseline wants a number from 0 to 100, not/,
  );
  refused(parse, ["92,5"], /Write the decimal point as a point/);
});

Deno.test("times are read in seconds, minutes, hours, days and years of 365 days", () => {
  const parse = times_s("--times");
  assert.deepEqual(parse("60,60s, 5min,1h,1d,30D,1y"), [
    60,
    60,
    300,
    3_600,
    86_400,
    2_592_000,
    365 * 86_400,
  ]);
  // As in the names of metrics: hwt@30 days, hwt@1e3.
  assert.deepEqual(parse("0.5h,30 days,1e3,3600"), [1_800, 2_592_000, 1_000, 3_600]);
  refused(
    parse,
    ["", "1d,", "1w", "1 month", "-60", "abc", "1d30d"],
    /^--times wants times/,
  );
});
