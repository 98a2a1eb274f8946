/** `deno task site`: the static site into site/. */
import { openStudy } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { readBytes } from "../read_bytes.ts";
import { SITE_FIGURES, sitePages } from "../site/mod.ts";
import { command, main, userPath } from "./command.ts";

const program = command(
  "site",
  "Makes the static site, explorer included, from the committed data.",
)
  .option("--out <folder>", "where to", userPath, "site")
  .action(async ({ out }: { out: string }) => {
    const pages = await sitePages(await openStudy());
    const copied = [
      ...SITE_FIGURES.map((id) => [`figures/${id}.svg`, `figures/${id}.svg`, "deno task figures"]),
      ["paper/paper.pdf", "paper.pdf", "deno task paper"],
    ];
    for (const [from, to, task] of copied) {
      await writeFileAtomically(`${out}/${to}`, await readBytes(from, `Make it with \`${task}\`.`));
    }
    for (const [name, text] of Object.entries(pages)) {
      await writeFileAtomically(`${out}/${name}`, text);
    }
    console.log(`${out}/ made: open ${out}/explorer.html or ${out}/index.html in a browser`);
  });

await main(program);
