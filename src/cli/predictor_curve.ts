/** `deno task predictor-curve`: how well the forest ranks unseen cells, with and without linear paths. */
import { writeFileAtomically } from "../atomic_write.ts";
import { FEATURE_SETS, predictorCurve } from "../search/mod.ts";
import { loadReference, parseMetric } from "../table/mod.ts";
import { command, expectWritableFile, main, userPath } from "./command.ts";
import { withProgress } from "./progress.ts";

/** What the committed curve holds. */
const METRICS = ["noisy", "hwt@1d"].map((text) => parseMetric(text));
const TRAINING_CELLS = [25, 50, 100, 200, 400], SEEDS = 20;

const program = command(
  "predictor-curve",
  "Trains forests on random cells of the table and ranks unseen ones: tau by number of training cells, with and without linear paths.",
)
  .option("--out <file>", "where to write", userPath, "data/search/predictor_curve.json")
  .action(async ({ out }: { out: string }) => {
    await expectWritableFile(out);
    const benchmark = await loadReference();
    const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
    const work = METRICS.flatMap((metric) => seeds.map((seed) => ({ metric, seed })));
    const points: unknown[] = [];
    await withProgress("predictor curve", work.length, async (onProgress) => {
      for (const [done, { metric, seed }] of work.entries()) {
        onProgress(done, metric);
        await new Promise((resolve) => setTimeout(resolve)); // lets the bar be drawn
        const curve = predictorCurve(benchmark.accuracy(metric), TRAINING_CELLS, [seed]);
        points.push(...curve.map((point) => ({ metric, ...point })));
      }
      onProgress(work.length);
    });
    const config = {
      training_cells: TRAINING_CELLS,
      seeds: SEEDS,
      features: Object.keys(FEATURE_SETS),
    };
    await writeFileAtomically(out, JSON.stringify({ config, points }) + "\n");
    console.log(`${out}: ${points.length} forests`);
  });

await main(program);
