/** `deno task figures`: every figure into figures/ as SVG, PNG and JSON. */
import { writeFileAtomically } from "../atomic_write.ts";
import { openStudy } from "../analyse/mod.ts";
import { drawFigure, FIGURE_IDS, parseFigureId } from "../figure/mod.ts";
import { command, main, parseSeed } from "./command.ts";
import { withProgress } from "./progress.ts";

const program = command("figures", "Draws figures into figures/ as SVG, PNG and JSON.")
  .argument("[ids...]", `which figures, of: ${FIGURE_IDS.join(", ")} (default: all)`)
  .option("--seed <number>", "seed of the bootstrap behind the intervals", parseSeed, 0)
  .action(async (texts: string[], { seed }: { seed: number }) => {
    const start = performance.now();
    const ids = texts.length === 0 ? FIGURE_IDS : texts.map(parseFigureId);
    const study = await openStudy({ seed });
    await withProgress("figures", ids.length, async (onProgress) => {
      for (const [done, id] of ids.entries()) {
        onProgress(done, id);
        const files = await drawFigure(id, study);
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
