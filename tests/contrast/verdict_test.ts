import assert from "node:assert/strict";
import { type GeneralityVerdict, generalityVerdict, type Judged } from "@/contrast/mod.ts";

const below = { side: "below", reference: 0 } as const;
const half = { side: "above", reference: 0.5 } as const;
const judged = (change: Partial<Judged>): Judged => ({
  estimate: -2,
  p_reference: 0.001,
  p_band: 0.9,
  n: 12,
  fewest: 12,
  ...change,
});

Deno.test("a verdict follows from side, both corrected p values and the number of pairs", () => {
  const cases: [typeof below | typeof half, Partial<Judged>, GeneralityVerdict][] = [
    [below, {}, "agrees"],
    [below, { estimate: 2 }, "opposite"],
    [below, { p_reference: 0.05 }, "open"],
    // surely there and surely too small
    [below, { p_band: 0.049 }, "neutral"],
    [below, { p_reference: 1, p_band: 0.001 }, "neutral"],
    // too few pairs are no answer, whatever they say
    [below, { n: 11 }, "open"],
    [below, { n: 11, p_band: 0.001 }, "open"],
    // a share has its own reference
    [half, { estimate: 0.7 }, "agrees"],
    [half, { estimate: 0.3 }, "opposite"],
  ];
  for (const [finding, change, verdict] of cases) {
    assert.equal(generalityVerdict(finding, judged(change)), verdict, JSON.stringify(change));
  }
});
