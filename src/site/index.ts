/** The front page: claims with their verdicts, figures in words too, and the best cells without a script. */
import { FUNCTIONS, type Study, topK } from "../analyse/mod.ts";
import { decimals, escaped, table } from "../explorer/mod.ts";
import { FIGURE_IDS, fixed, metricLabel } from "../figure/mod.ts";
import { DATA_FILES } from "./data.ts";
import { type NotebookMarkup, notebookTitle } from "./notebooks.ts";
import { cellAt, cellText } from "../space/mod.ts";
import { parseJson } from "../parse_json.ts";
import { z } from "zod";

/** Figures of the site; each also stands in figures/ as a file of data. */
export const SITE_FIGURES = FIGURE_IDS;

/** Cells in the plain table. */
const BEST_CELLS = 25;

const FIGURE_WORDS = z.object({ title: z.string(), subtitle: z.string(), alt: z.string() });

async function figures(): Promise<string> {
  const parts = await Promise.all(SITE_FIGURES.map(async (id) => {
    const path = `figures/${id}.json`;
    const { title, alt } = parseJson(
      await Deno.readTextFile(path),
      path,
      FIGURE_WORDS,
      "Draw it with `deno task figures`.",
    );
    return `<figure><img src="figures/${id}.svg" alt="${escaped(alt)}" loading="lazy">` +
      `<figcaption>${escaped(title)}</figcaption></figure>`;
  }));
  return parts.join("\n");
}

function claims({ claims }: Study): string {
  return table(
    "Claims of the published study, tested on its table. The effect is that of the first criterion, with " +
      "its 95 % interval",
    ["Claim", "Verdict", "Effect"],
    claims.map(({ statement, verdict, criteria: [{ effect, unit }] }) => [
      escaped(statement),
      escaped(verdict),
      `${fixed(effect.estimate, 2)} (${fixed(effect.low, 2)} to ${fixed(effect.high, 2)}) ${unit}`,
    ]),
  );
}

/** The best cells by the target, one line a cell, with what their copies reach. */
function best({ benchmark }: Study): string {
  const metric = "hwt@1d",
    accuracy = benchmark.accuracy(metric),
    baseline = benchmark.accuracy("baseline");
  const rows = [...topK(accuracy, BEST_CELLS)].map((i) => {
    const copies = [...accuracy].filter((_, j) => FUNCTIONS[j] === FUNCTIONS[i]);
    return [
      cellText(cellAt(i)),
      decimals(accuracy[i]),
      decimals(benchmark.sd(metric)![i]),
      copies.length === 1
        ? "no copy"
        : `${decimals(Math.min(...copies))} to ${decimals(Math.max(...copies))}`,
      decimals(baseline[i]),
    ];
  });
  return table(
    `The ${BEST_CELLS} cells with the highest ${
      escaped(metricLabel(metric))
    }, per cent. Copies compute the ` +
      "same function and were trained separately: where they differ, so may the order here",
    ["Cell", "Accuracy", "SD of read-outs", "Copies, from to", "Baseline"],
    rows,
  );
}

const list = (links: readonly (readonly [href: string, text: string, more: string])[]) =>
  `<ul>${
    links.map(([href, text, more]) => `<li><a href="${href}">${escaped(text)}</a>${more}</li>`)
      .join("\n")
  }</ul>`;

/** The body of index.html. */
export async function indexBody(
  study: Study,
  notebooks: readonly NotebookMarkup[],
): Promise<string> {
  const read = notebooks.map((notebook) =>
    [`notebooks/${notebook.name}.html`, notebookTitle(notebook), ""] as const
  );
  const files = Object.entries(DATA_FILES).map(([name, what]) =>
    [`data/${name}`, name, `: ${escaped(what)}`] as const
  );
  return `<main class="index">
<h1>AnalogNAS Lab: what was found</h1>
<p><a href="explorer.html">Explorer</a>: look a cell up, compare cells, walk the space.
<a href="networks.html">Measured networks</a>: what was trained and measured here, of any space.
<a href="searches.html">Searches</a>: what methods find with so many queries.</p>
<h2>Claims</h2>
${claims(study)}
<h2 id="best">The best cells</h2>
${best(study)}
<h2 id="notebooks">Notebooks</h2>
${list(read)}
<h2 id="data">Data</h2>
${list(files)}
<h2>Figures</h2>
${await figures()}
</main>`;
}
