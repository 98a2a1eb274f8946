/** `deno task readme`: makes README.md and docs/full_space.md from their templates and the numbers quoted. */
import { z } from "zod";
import { writeFileAtomically } from "../atomic_write.ts";
import { readJson } from "../json_file.ts";
import { type Values, withQuotedNumbers } from "../paper/mod.ts";
import { command, main } from "./command.ts";

/** What is made, from which template. */
export const TEMPLATES = {
  "README.md": "paper/README.template.md",
  "docs/full_space.md": "paper/full_space.template.md",
} as const;
const SOURCES = ["paper/values.json", "bench/results.json"];
const numbers = z.record(z.string(), z.union([z.number(), z.string()]));

/** The text of a document, its numbers filled in from the values files. */
export async function filled(document: keyof typeof TEMPLATES): Promise<string> {
  const files = await Promise.all(
    SOURCES.map((path) => readJson(path, numbers, `Restore it with \`git checkout -- ${path}\`.`)),
  );
  const values: Values = Object.assign({}, ...files);
  const template = TEMPLATES[document];
  return withQuotedNumbers(await Deno.readTextFile(template), values, template);
}

if (import.meta.main) {
  const documents = Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[];
  const program = command("readme", `Makes ${documents.join(" and ")} from ${SOURCES.join(", ")}.`)
    .action(async () => {
      for (const document of documents) {
        await writeFileAtomically(document, await filled(document));
        console.log(`${document}: numbers filled in`);
      }
    });
  await main(program);
}
