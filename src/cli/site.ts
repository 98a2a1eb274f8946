/** `deno task site`: the static site into site/. */
import { basename } from "node:path";
import { openStudy } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { allNotebooks, notebookHtml, prepareJupyter } from "../notebook/mod.ts";
import { readBytes } from "../read_bytes.ts";
import { archive, dataFiles, SITE_FIGURES, sitePages } from "../site/mod.ts";
import { readFrame, readMeasuredStudies, REFERENCE } from "../table/mod.ts";
import { command, expectWritable, main, userPath } from "./command.ts";

/** Files that other commands make: from, to, and the command. */
const COPIED = [
  ...SITE_FIGURES.map((id) => [`figures/${id}.svg`, `figures/${id}.svg`, "deno task figures"]),
  ["paper/paper.pdf", "paper.pdf", "deno task paper"],
  [REFERENCE.path, "data/analog_nasbench.parquet", "deno task data:reference"],
];

/** Path below the site -> bytes of every file of it. */
async function siteFiles(): Promise<Readonly<Record<string, Uint8Array>>> {
  const jupyter = await prepareJupyter(".", (note) => console.error(`${note} ...`));
  const paths = allNotebooks();
  const [study, markups, rows, measured] = await Promise.all([
    openStudy(),
    notebookHtml(paths, jupyter),
    readFrame(REFERENCE.path),
    readMeasuredStudies(),
  ]);
  const notebooks = paths.map((path, i) => ({
    name: basename(path, ".ipynb"),
    markup: markups[i],
  }));
  const pages = Object.entries(await sitePages({ study, measured, notebooks }));
  const copied = await Promise.all(
    COPIED.map(async ([from, to, task]) =>
      [to, await readBytes(from, `Make it with \`${task}\`.`)] as const
    ),
  );
  const encoder = new TextEncoder();
  const data = Object.entries(await dataFiles(rows, study.benchmark, measured))
    .map(([name, bytes]) => [`data/${name}`, bytes] as const);
  return Object.fromEntries([
    ...copied,
    ...data,
    ...pages.map(([name, text]) => [name, encoder.encode(text)] as const),
  ]);
}

const program = command(
  "site",
  "Makes the static site, explorer and notebooks included, from the committed data.",
)
  .option("--out <folder>", "where to", userPath, "site")
  .option("--zip", "also as one file beside the folder, for a release")
  .action(async ({ out, zip = false }: { out: string; zip?: boolean }) => {
    await expectWritable(out);
    const files = await siteFiles();
    for (const [path, bytes] of Object.entries(files)) {
      await writeFileAtomically(`${out}/${path}`, bytes);
    }
    if (zip) await writeFileAtomically(`${out}.zip`, archive(files, basename(out)));
    console.log(`${out}/ made: open ${out}/explorer.html or ${out}/index.html in a browser`);
    if (zip) console.log(`${out}.zip made: the same as one file`);
  });

await main(program);
