/** `hardware_anchor` of made-up rows: what is drawn, and that what is missing says so. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { drawFigure } from "@/figure/mod.ts";
import { loadReference, type PlannedRun, readMeasured } from "@/table/mod.ts";
import { anchorRows, anchorRun } from "../anchor_rows.ts";

const benchmark = await loadReference(), measured = await readMeasured();
const drawn = async (anchor: readonly PlannedRun[]) => {
  const { svg, json } = await drawFigure(
    "hardware_anchor",
    studyOf({ benchmark, measured: { ...measured, anchor } }),
  );
  return { svg, ...JSON.parse(json) };
};
/** Interval lines of the simulation; the line of no loss and those of the axes are grey. */
const lines = (svg: string, colour: string) =>
  svg.match(RegExp(`aria-roledescription="rule mark"[^>]*stroke="${colour}"`, "g"))?.length ?? 0;
/** Places of the diamonds in px from the top. */
const dots = (svg: string) =>
  [...svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol" aria-roledescription="point"/g)]
    .map(([, label]) => label);

Deno.test("without rows the chip stands alone and the panel says that nothing is measured", async () => {
  for (const anchor of [[], [anchorRun("short", 4, [])]]) {
    const { svg, title, chip } = await drawn(anchor);
    assert.match(title, /^Not measured yet: /);
    assert.match(svg, />simulation: not measured yet</);
    assert.equal(lines(svg, "#0072B2"), 0);
    assert.deepEqual([chip.programmed_pct, chip.lowestOverADay_pct, chip.loss_points], [
      93.7,
      93.5,
      0.2,
    ]);
    assert.equal(dots(svg).length, 2);
  }
});

Deno.test("a measured run has a dot and an interval a time; one that is not is named", async () => {
  const { svg, title, subtitle } = await drawn([
    anchorRun("short", 4, anchorRows(3)),
    anchorRun("longer", 12, []),
  ]);
  assert.match(
    title,
    /^The simulated network, programmed to 72\.0\s%, loses 3\.0 \(2\.4 to 3\.6\) points within 1 day, more than/,
  );
  assert.match(subtitle, /over 25 programming events on the same 2,000 test images/);
  assert.match(subtitle, /Not measured yet: simulation, 12 \+ 3 epochs\.$/);
  assert.doesNotMatch(svg, /simulation: not measured yet/);
  assert.equal(lines(svg, "#0072B2"), 3);
  const values = dots(svg).map((label) => label.match(/\(pp\): (−?[\d.]+)/)?.[1]);
  assert.deepEqual(values, ["0", "0.2", "0", "1.5", "3"]);
});

Deno.test("two runs have a colour each, and the longer training speaks in the title", async () => {
  const { svg, title } = await drawn([
    anchorRun("short", 4, anchorRows(3)),
    anchorRun("longer", 12, anchorRows(0.5)),
  ]);
  assert.match(title, /^The simulated network, programmed to 72\.0\s%, loses 0\.5 .* stays open$/);
  assert.deepEqual([lines(svg, "#0072B2"), lines(svg, "#56B4E9")], [3, 3]);
  for (const text of ["simulation, 4 \\+ 1 epochs", "simulation, 12 \\+ 3 epochs"]) {
    assert.match(svg, RegExp(`>${text}<`));
  }
});
