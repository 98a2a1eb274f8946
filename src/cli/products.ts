/** What is generated from the committed data: by which command, from what. */
import { FIGURE_IDS, type FigureId } from "../figure/mod.ts";
import { basename } from "node:path";
import { allNotebooks } from "../notebook/mod.ts";
import { DATA_FILES } from "../site/mod.ts";
import type { Product } from "./memory.ts";
import { SETTINGS_PAGE, TEMPLATES } from "./readme.ts";

const VALUES = "paper/values.json", RESULTS = "bench/results.json";
const REGISTRY = "src/figure/plots/figures.ts";

/** The product of a figure: its own file and what it uses, and the rest of the drawing program. */
const figure = (id: FigureId): Product => ({
  makes: ["svg", "png", "json"].map((extension) => `figures/${id}.${extension}`),
  code: ["src/cli/figures.ts", `src/figure/plots/${id}.ts`],
  leaves: [REGISTRY],
  reads: ["data"],
});

/** Each figure, by its id. */
export const FIGURES: ReadonlyMap<string, Product> = new Map(
  FIGURE_IDS.map((id) => [id, figure(id)]),
);

/** The products of one file or of files that are made together, by the command that makes them. */
export const PRODUCTS = {
  values: { makes: [VALUES], code: ["src/cli/values.ts"], reads: ["data", RESULTS] },
  readme: {
    makes: [...Object.keys(TEMPLATES), SETTINGS_PAGE],
    code: ["src/cli/readme.ts"],
    reads: [...Object.values(TEMPLATES), VALUES, RESULTS],
  },
  paper: {
    makes: ["paper/paper.pdf"],
    // Of the figures' program it takes the fonts alone.
    code: ["src/cli/paper.ts", "src/figure/grammar/fonts.ts"],
    leaves: ["src/figure/mod.ts"],
    reads: ["paper", "figures"],
  },
  // Cells may start any command, so all code counts.
  notebooks: {
    makes: allNotebooks(),
    code: [],
    reads: ["src", "data", VALUES],
  },
  site: {
    makes: [
      ...["index.html", "explorer.html", "networks.html", "searches.html", "paper.pdf"],
      ...FIGURE_IDS.map((id) => `figures/${id}.svg`),
      ...Object.keys(DATA_FILES).map((name) => `data/${name}`),
      ...allNotebooks().map((path) => `notebooks/${basename(path, ".ipynb")}.html`),
    ].map((path) => `site/${path}`),
    code: [
      "src/cli/site.ts",
      ...["main", "networks_main", "searches_main"].map((name) => `src/explorer/${name}.ts`),
    ],
    reads: [
      ...["data", "figures", "notebooks", "paper/paper.pdf", "src/site/notebook.css"],
      ...["page.css", "page.html", "networks.html", "searches.html"]
        .map((name) => `src/explorer/${name}`),
    ],
  },
} as const satisfies Record<string, Product>;
