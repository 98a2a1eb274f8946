/** `deno task figures`: every figure into figures/ as SVG, PNG and JSON. */
import { Option } from "commander";
import { writeFileAtomically } from "../atomic_write.ts";
import { openStudy } from "../analyse/mod.ts";
import { drawColumnFigure, drawFigure, FIGURE_IDS, parseFigureId } from "../figure/mod.ts";
import { command, main, parseSeed } from "./command.ts";
import { withProgress } from "./progress.ts";

interface Options {
  readonly seed: number;
  readonly width: "page" | "column";
}

const program = command("figures", "Draws figures into figures/ as SVG, PNG and JSON.")
  .argument("[ids...]", `which figures, of: ${FIGURE_IDS.join(", ")} (default: all)`)
  .option("--seed <number>", "seed of the bootstrap behind the intervals", parseSeed, 0)
  .addOption(
    new Option("--width <width>", "across a page (180 mm), or for one column (85 mm), SVG and PNG")
      .choices(["page", "column"]).default("page"),
  )
  .action(async (texts: string[], { seed, width }: Options) => {
    const start = performance.now();
    const ids = texts.length === 0 ? FIGURE_IDS : texts.map(parseFigureId);
    const [folder, draw] = width === "page"
      ? ["figures", drawFigure] as const
      : ["figures_column", drawColumnFigure] as const;
    const study = await openStudy({ seed }), left: string[] = [];
    await withProgress("figures", ids.length, async (onProgress) => {
      let picture = Promise.resolve(); // of the figure before, drawn while the next one is computed
      for (const [done, id] of ids.entries()) {
        onProgress(done, id);
        const files = await draw(id, study), path = `${folder}/${id}`;
        if (files === null) {
          left.push(id);
          continue;
        }
        const { png, ...texts } = files;
        for (const [extension, text] of Object.entries(texts)) {
          await writeFileAtomically(`${path}.${extension}`, text);
        }
        await picture;
        picture = png().then((bytes) => writeFileAtomically(`${path}.png`, bytes));
      }
      await picture;
      onProgress(ids.length);
    });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${ids.length - left.length} figures drawn into ${folder}/ in ${seconds} s`);
    if (left.length > 0) {
      console.log(`Left out, a drawing in them has no form for a column: ${left.join(", ")}`);
    }
  });

await main(program);
