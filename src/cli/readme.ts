/** `deno task readme`: makes README.md and pages of docs/ from templates, the numbers quoted, and the settings. */
import { z } from "zod";
import { writeFileAtomically } from "../atomic_write.ts";
import { settingsPage } from "../config.ts";
import { readJson } from "../json_file.ts";
import { readValues, type Values, withQuotedNumbers } from "../paper/mod.ts";
import { command, main } from "./command.ts";
import { type DocReader, docReader, withDocstrings } from "./docstrings.ts";
import { speedAims } from "./speed_aims.ts";

/** What is made, from which template. */
export const TEMPLATES = {
  "README.md": "paper/README.template.md",
  "docs/api/cells.md": "paper/api/cells.template.md",
  "docs/api/networks.md": "paper/api/networks.template.md",
  "docs/api/search.md": "paper/api/search.template.md",
  "docs/api/showing.md": "paper/api/showing.template.md",
  "docs/api/statistics.md": "paper/api/statistics.template.md",
  "docs/chip.md": "paper/chip.template.md",
  "docs/citing.md": "paper/citing.template.md",
  "docs/generality.md": "paper/generality.template.md",
  "docs/full_space.md": "paper/full_space.template.md",
  "docs/results.md": "paper/results.template.md",
  "docs/simulators.md": "paper/simulators.template.md",
  "docs/speed.md": "paper/speed.template.md",
  "docs/training.md": "paper/training.template.md",
} as const;
/** The page of all settings; it quotes no number. */
export const SETTINGS_PAGE = "docs/settings.md";
const VALUES = "paper/values.json", RESULTS = "bench/results.json";
const numbers = z.record(z.string(), z.union([z.number(), z.string()]));

/** The text of a document, its numbers filled in from the values files, its docstrings from the code. */
export async function filled(
  document: keyof typeof TEMPLATES,
  read: DocReader = docReader(),
): Promise<string> {
  const results = await readJson(
    RESULTS,
    numbers,
    `Restore it with \`git checkout -- ${RESULTS}\`.`,
  );
  const values: Values = { ...await readValues(VALUES), ...results, ...speedAims(results) };
  const template = TEMPLATES[document];
  const text = withQuotedNumbers(await Deno.readTextFile(template), values, template);
  return withDocstrings(text, template, read);
}

if (import.meta.main) {
  const documents = Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[];
  const program = command(
    "readme",
    `Makes ${
      documents.join(", ")
    } from ${VALUES} and ${RESULTS}, and ${SETTINGS_PAGE} from the code.`,
  )
    .action(async () => {
      const read = docReader();
      for (const document of documents) {
        await writeFileAtomically(document, await filled(document, read));
        console.log(`${document}: numbers filled in`);
      }
      await writeFileAtomically(SETTINGS_PAGE, settingsPage());
      console.log(`${SETTINGS_PAGE}: every setting of a config`);
    });
  await main(program);
}
