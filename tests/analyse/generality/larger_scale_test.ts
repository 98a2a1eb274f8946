/** Cells at several scales: planted shares are found, and their change as a paired difference. */
import assert from "node:assert/strict";
import { type Scale, studyOf } from "@/analyse/mod.ts";
import type { ScaledShare } from "@/analyse/generality/larger_scale.ts";
import { largerScaleInWords } from "@/analyse/generality/larger_scale_words.ts";
import { loadReference } from "@/table/mod.ts";
import { PUBLISHED_METRICS } from "@/table/schema.ts";
import { cellRow } from "../../cell_row.ts";
import { OF_FIVE, OF_SIX } from "../expressions.ts";

const benchmark = await loadReference();
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

/** What a cell falls and gains; null where it is not measured. */
type Given = (k: number) => readonly [fall: number, gained: number] | null;

/** The study of what each cell falls and gains at each scale. */
function study(at: Readonly<Record<string, Given>>, cells: readonly number[] = OF_FIVE) {
  const rows = (scale: string) =>
    cells.flatMap((cell, k) => {
      const given = at[scale]?.(k) ?? null;
      return given === null ? [] : rowsOf(cell, scale, ...given);
    });
  const { measured } = studyOf({ benchmark });
  return studyOf({
    benchmark,
    measured: {
      ...measured,
      replication: rows("replication"),
      scale: {
        rows: ["longer", "deeper", "wider"].flatMap(rows),
        configs: { longer: "longer", deeper: "deeper", wider: "wider" },
      },
    },
  });
}

const at = (share: ScaledShare, scale: Scale) => share.at.find((own) => own.scale === scale)!;

Deno.test("shares are ratios over the same cells, each read by its own interval", () => {
  const { largerScales: { shares: [hwt, ptq] } } = study({
    replication: (k) => [20 + k, 0.8 * (20 + k)],
    longer: (k) => [30 - k, 0.3 * (30 - k)],
    deeper: (k) => [4 + 0.1 * k, 1],
  });
  assert.equal(hwt.finding.id, "hwt_closes_gap");
  assert.ok(Math.abs(at(hwt, "replication").share!.estimate - 0.8) < 1e-12);
  assert.equal(at(hwt, "replication").fall, 22.5);
  assert.ok(Math.abs(at(hwt, "longer").change!.estimate + 0.5) < 1e-12);
  const readings = hwt.at.slice(0, 3).map(({ scale, reading }) => [scale, reading]);
  assert.deepEqual(readings, [
    ["replication", "holds"],
    ["longer", "contradicted"],
    ["deeper", "no fall"],
  ]);
  assert.equal(at(hwt, "deeper").share, null);
  assert.equal(at(hwt, "deeper").change, null);
  // PTQ keeps what the baseline has: it shows nothing of the fall
  assert.equal(at(ptq, "longer").share!.estimate, 0);
  assert.equal(at(ptq, "longer").reading, "holds");
});

Deno.test("where all cells fall alike the change of a share is the paired difference, in parts of the fall", () => {
  const before = [12, 9, 15, 11, 8, 14], after = [10, 10, 9, 12, 5, 8];
  const { largerScales: { shares: [hwt] } } = study({
    replication: (k) => [20, before[k]],
    longer: (k) => [20, after[k]],
    deeper: (k) => [20, before[k]],
  }, OF_SIX);
  // differences -2, 1, -6, 1, -3, -6: mean -2.5, SD 3.1464; Student's t(0.975, 5) = 2.570582
  const { estimate, low, high } = at(hwt, "longer").change!;
  assert.ok(Math.abs(estimate + 2.5 / 20) < 1e-12);
  const half = 2.570582 * Math.sqrt(9.9) / Math.sqrt(6) / 20;
  assert.ok(Math.abs(high - low - 2 * half) < 1e-6, `${high - low} is not ${2 * half}`);
  // what is the same twice has not changed, whatever its own interval
  assert.deepEqual(at(hwt, "deeper").change, { estimate: 0, low: 0, high: 0 });
});

Deno.test("words name what holds at all scales and what does not, and the pairs that are too few", () => {
  const { largerScales, scale } = study({
    replication: (k) => [20 + k, 0.8 * (20 + k)],
    longer: (k) => [30 - k, 0.3 * (30 - k)],
    deeper: (k) => [20 + k, 0.8 * (20 + k)],
    wider: (k) => [20 + k, 0.8 * (20 + k)],
  });
  const words = largerScaleInWords(largerScales, scale);
  assert.match(
    words,
    /"HWT closes the gap" holds at the replication's scale, as deeper networks and as wider networks and is contradicted trained longer, with a share of 0\.80 at the replication's scale, 0\.30 trained longer \(change −0\.50/,
  );
  assert.match(
    words,
    /^6 cells, 5 independent ones by expression, were measured trained longer, as deeper networks and as wider networks: /,
  );
  assert.match(words, /"PTQ misses the fall" holds at every scale;/);
  // (3,1,0,3,0,1) and (3,1,1,3,0,1) are the one pair that differs in one edge from input to output
  assert.match(words, /No matched finding has more than 1 pair among them where 6 are asked for/);
});

/** All scales whole but the third, of which the first `finished` cells are there. */
const partly = (finished: number) =>
  study({
    replication: (k) => [20 + k, 0.8 * (20 + k) - k * k],
    longer: (k) => [30 - k, 0.3 * (30 - k)],
    deeper: (k) => [20 + k, 0.6 * (20 + k)],
    wider: (k) => k < finished ? [25, 10 + k] : null,
  });

Deno.test("units of a scale that are missing take nothing from the other scales, and are said", () => {
  const whole = partly(0), others = ["replication", "longer", "deeper", "published"];
  assert.ok(whole.largerScales.shares.every(({ at }) => at.length === others.length));
  assert.match(
    largerScaleInWords(whole.largerScales, whole.scale),
    /were measured trained longer and as deeper networks, and none yet as wider networks: /,
  );
  for (const finished of [1, 2, 5, 6]) {
    const { largerScales, scale } = partly(finished);
    for (const [k, { at }] of largerScales.shares.entries()) {
      assert.deepEqual(
        at.filter(({ scale }) => scale !== "wider"),
        whole.largerScales.shares[k].at,
      );
    }
    const [hwt] = largerScales.shares, { cells, share, change, fall } = at(hwt, "wider");
    assert.deepEqual([cells, fall], [finished, 25]);
    // gains 10, 11 ... of a fall of 25 each
    const mean = 10 + (finished - 1) / 2;
    assert.ok(Math.abs(share!.estimate - mean / 25) < 1e-12);
    // the replication's over the same cells: falls 20, 21 ... with gains of 0.8 of them less k squared
    const ks = Array.from({ length: finished }, (_, k) => k);
    const sum = (of: (k: number) => number) => ks.reduce((total, k) => total + of(k), 0);
    const before = sum((k) => 0.8 * (20 + k) - k * k) / sum((k) => 20 + k);
    assert.ok(Math.abs(change!.estimate - (mean / 25 - before)) < 1e-12);
    assert.equal(Number.isFinite(change!.high), finished > 1, "of one cell nothing is known");
    const words = largerScaleInWords(largerScales, scale);
    assert.equal(words.includes(`as wider networks (${finished} of them so far)`), finished < 6);
    assert.doesNotMatch(words, /Infinity|NaN/);
  }
});

Deno.test("where nothing larger is measured nothing is said", () => {
  const { largerScales, scale } = study({ replication: () => [20, 10] });
  assert.deepEqual(largerScales.shares, []);
  assert.match(largerScaleInWords(largerScales, scale), /No cell is measured at a larger scale/);
});
