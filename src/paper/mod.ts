/**
 * The paper: its Typst source becomes a PDF, without TeX and without system fonts. Numbers come from
 * `paper/values.json` through `v` of `paper/values.typ`, which fails on a key that is not there.
 */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { resolve } from "node:path";
import { InputError } from "../input_error.ts";

export { type Values, withQuotedNumbers } from "./quoted_numbers.ts";
export { readValues, SEAL, sealed } from "./values_file.ts";

/** What the compiler says about one place of the source; lines are counted from 0. */
interface Diagnostic {
  readonly message: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number } } | null;
}

const place = ({ message, path, range }: Diagnostic, root: string) =>
  `${path.replace(`${root}/`, "")}${range ? `:${range.start.line + 1}` : ""}: ${message}`;

/**
 * The PDF of a Typst document: equal sources give equal bytes.
 *
 * @param main path of the document below `root`
 * @param root folder outside of which the document reads nothing
 * @param fontFolders folders of the fonts that embedded drawings name
 * Throws InputError, with file and line, where the document is faulty or quotes a number that
 * `paper/values.json` lacks.
 */
export function compilePaper(
  main: string,
  root = ".",
  fontFolders: readonly string[] = [],
): Uint8Array {
  const workspace = resolve(root);
  const mainFilePath = resolve(root, main);
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontPaths: [...fontFolders] }],
  });
  const result = compiler.compile({ mainFilePath });
  if (result.result === null) {
    const error = result.takeDiagnostics();
    const diagnostics: Diagnostic[] = error === null ? [] : compiler.fetchDiagnostics(error);
    throw new InputError(
      `Cannot compile ${main}:\n${
        diagnostics.map((d) => `  ${place(d, workspace)}`).join("\n")
      }\n` +
        'Mend the place named above; for a missing number run "deno task values" first.',
    );
  }
  return compiler.pdf(result.result);
}
