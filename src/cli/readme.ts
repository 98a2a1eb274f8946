/** `deno task readme`: makes README.md from its template and the numbers it quotes. */
import { writeFileAtomically } from "../atomic_write.ts";
import { type Values, withQuotedNumbers } from "../paper/mod.ts";
import { command, main } from "./command.ts";

const TEMPLATE = "paper/README.template.md";
const SOURCES = ["paper/values.json", "bench/results.json"];

/** The README's text, its numbers filled in from the values files. */
export async function filledReadme(): Promise<string> {
  const files = await Promise.all(SOURCES.map((path) => Deno.readTextFile(path)));
  const values: Values = Object.assign({}, ...files.map((text) => JSON.parse(text)));
  return withQuotedNumbers(await Deno.readTextFile(TEMPLATE), values, TEMPLATE);
}

if (import.meta.main) {
  const program = command("readme", `Makes README.md from ${TEMPLATE} and ${SOURCES.join(", ")}.`)
    .action(async () => {
      await writeFileAtomically("README.md", await filledReadme());
      console.log("README.md: numbers filled in");
    });
  await main(program);
}
