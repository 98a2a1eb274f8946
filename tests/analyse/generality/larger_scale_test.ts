/** Cells at several scales: planted shares are found, and their change as a paired difference. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { largerScaleInWords } from "@/analyse/generality/larger_scale_words.ts";
import { loadReference } from "@/table/mod.ts";
import { PUBLISHED_METRICS } from "@/table/schema.ts";
import { cellRow } from "../../cell_row.ts";

const benchmark = await loadReference();
/** Those of the study; the first and the fourth compute one expression, and are one piece of evidence. */
const CELLS = [10_076, 10_201, 12_975, 5_115, 14_525, 6_307];
/** Six pieces of evidence. */
const APART = CELLS.with(3, 7_611);

/** Rows of a cell: after a day untouched weights lose `fall` points, of which HWT keeps `gained`. */
const rowsOf = (cell_index: number, config_id: string, fall: number, gained: number) =>
  PUBLISHED_METRICS.map((metric) => {
    const accuracy = metric === "noisy@1d"
      ? 80 - fall
      : metric === "hwt@1d"
      ? 80 - fall + gained
      : 80;
    const isAnalog = metric.includes("@");
    return cellRow(cell_index, metric, accuracy, {
      simulator: isAnalog ? "aihwkit" : null,
      device: isAnalog ? "pcm" : null,
      config_id,
    });
  });

/** The study of what each cell falls and gains at each scale. */
function study(
  at: Readonly<Record<string, (k: number) => readonly [fall: number, gained: number]>>,
  cells: readonly number[] = CELLS,
) {
  const rows = (scale: string) =>
    cells.flatMap((cell, k) => at[scale] === undefined ? [] : rowsOf(cell, scale, ...at[scale](k)));
  const { measured } = studyOf({ benchmark });
  return studyOf({
    benchmark,
    measured: {
      ...measured,
      replication: rows("replication"),
      scale: {
        rows: [...rows("longer"), ...rows("deeper")],
        configs: { longer: "longer", deeper: "deeper" },
      },
    },
  });
}

Deno.test("shares are ratios over the same cells, each read by its own interval", () => {
  const { largerScales: { shares } } = study({
    replication: (k) => [20 + k, 0.8 * (20 + k)],
    longer: (k) => [30 - k, 0.3 * (30 - k)],
    deeper: (k) => [4 + 0.1 * k, 1],
  });
  const [{ finding, at, change }, ptq] = shares;
  assert.equal(finding.id, "hwt_closes_gap");
  assert.ok(Math.abs(at.replication.share!.estimate - 0.8) < 1e-12);
  assert.equal(at.replication.fall, 22.5);
  assert.ok(Math.abs(change.longer!.estimate + 0.5) < 1e-12);
  const readings = [at.replication, at.longer, at.deeper].map(({ reading }) => reading);
  assert.deepEqual(readings, ["holds", "contradicted", "no fall"]);
  assert.equal(at.deeper.share, null);
  assert.equal(change.deeper, null);
  // PTQ keeps what the baseline has: it shows nothing of the fall
  assert.equal(ptq.at.longer.share!.estimate, 0);
  assert.equal(ptq.at.longer.reading, "holds");
});

Deno.test("where all cells fall alike the change of a share is the paired difference, in parts of the fall", () => {
  const before = [12, 9, 15, 11, 8, 14], after = [10, 10, 9, 12, 5, 8];
  const { largerScales: { shares: [{ change }] } } = study({
    replication: (k) => [20, before[k]],
    longer: (k) => [20, after[k]],
    deeper: (k) => [20, before[k]],
  }, APART);
  // differences -2, 1, -6, 1, -3, -6: mean -2.5, SD 3.1464; Student's t(0.975, 5) = 2.570582
  const { estimate, low, high } = change.longer!;
  assert.ok(Math.abs(estimate + 2.5 / 20) < 1e-12);
  const half = 2.570582 * Math.sqrt(9.9) / Math.sqrt(6) / 20;
  assert.ok(Math.abs(high - low - 2 * half) < 1e-6, `${high - low} is not ${2 * half}`);
  // what is the same twice has not changed, whatever its own interval
  assert.deepEqual(change.deeper, { estimate: 0, low: 0, high: 0 });
});

Deno.test("words name what holds at all scales and what does not, and the pairs that are too few", () => {
  const { largerScales, scale } = study({
    replication: (k) => [20 + k, 0.8 * (20 + k)],
    longer: (k) => [30 - k, 0.3 * (30 - k)],
    deeper: (k) => [20 + k, 0.8 * (20 + k)],
  });
  const words = largerScaleInWords(largerScales, scale);
  assert.match(
    words,
    /"HWT closes the gap" holds at the replication's scale and as deeper networks and is contradicted trained longer, with a share of 0\.80 at the replication's scale, 0\.30 trained longer \(change −0\.50/,
  );
  assert.match(words, /^Of 6 cells at three scales, 5 independent ones by expression: /);
  assert.match(words, /"PTQ misses the fall" holds at all of them;/);
  // (3,1,0,3,0,1) and (3,1,1,3,0,1) are the one pair that differs in one edge from input to output
  assert.match(words, /No matched finding has more than 1 pair among them where 6 are asked for/);
});

Deno.test("a scale that is not measured leaves nothing to say", () => {
  const { largerScales, scale } = study({ replication: () => [20, 10], longer: () => [20, 10] });
  assert.deepEqual(largerScales.shares, []);
  assert.match(largerScaleInWords(largerScales, scale), /No cell is measured at every scale/);
});
