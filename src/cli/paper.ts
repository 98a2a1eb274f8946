/** `deno task paper`: compiles the manuscript to PDF. */
import { dirname } from "node:path";
import { writeFileAtomically } from "../atomic_write.ts";
import { FONT_FILES } from "../figure/mod.ts";
import { compilePaper, readValues } from "../paper/mod.ts";
import { command, main, userPath } from "./command.ts";

const SOURCE = "paper/paper.typ";
const PDF = "paper/paper.pdf";

const program = command("paper", `Compiles ${SOURCE} to PDF with the numbers of paper/values.json.`)
  .option("--out <path>", "where to write", userPath, PDF)
  .action(async ({ out }: { out: string }) => {
    await readValues("paper/values.json"); // what Typst quotes has to be what code wrote
    const pdf = compilePaper(SOURCE, ".", [...new Set(FONT_FILES.map(dirname))]);
    await writeFileAtomically(out, pdf);
    console.log(`${out}: ${Math.round(pdf.length / 1024)} KiB`);
  });

await main(program);
