/** `deno task figures`: every figure into figures/ as SVG, PNG and JSON. */
import { writeFileAtomically } from "../atomic_write.ts";
import { drawFigure, FIGURE_IDS, parseFigureId } from "../figure/mod.ts";
import { InputError } from "../input_error.ts";
import { loadReference, readAllHistories } from "../table/mod.ts";
import { command, main } from "./command.ts";
import { withProgress } from "./progress.ts";

const program = command("figures", "Draws figures into figures/ as SVG, PNG and JSON.")
  .argument("[ids...]", `which figures, of: ${FIGURE_IDS.join(", ")} (default: all)`)
  .option("--seed <number>", "seed of the bootstrap behind the intervals", "0")
  .action(async (texts: string[], options: { seed: string }) => {
    const start = performance.now();
    const ids = texts.length === 0 ? FIGURE_IDS : texts.map(parseFigureId);
    const seed = Number(options.seed);
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new InputError(`--seed is a whole number from 0, not "${options.seed}".`);
    }
    const [published, searches] = await Promise.all([loadReference(), readAllHistories()]);
    const sources = { published, searches, seed };
    await withProgress("figures", ids.length, async (onProgress) => {
      for (const [done, id] of ids.entries()) {
        onProgress(done, id);
        const files = await drawFigure(id, sources);
        for (const [extension, data] of Object.entries(files)) {
          await writeFileAtomically(`figures/${id}.${extension}`, data);
        }
      }
      onProgress(ids.length);
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${ids.length} figures drawn into figures/ in ${seconds} s`);
  });

await main(program);
