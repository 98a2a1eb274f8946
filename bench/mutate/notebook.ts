/** Wrong programs that would leave traces of a run in the files that git follows, or misread a cell's text. */
import { type Mutant, mutantsOf } from "./mutant.ts";

/** All of them. */
export const notebookMutants: readonly Mutant[] = [
  ...mutantsOf(
    "src/notebook/notebook_file.ts",
    "tests/notebook/notebook_file_test.ts",
    [
      ["notebook: small numbers as JavaScript writes them", '"e-0$1"', '"e-$1"'],
      [
        "notebook: small numbers begin elsewhere",
        "Math.abs(value) < 1e-4",
        "Math.abs(value) < 1e-6",
      ],
    ],
    "small numbers",
  ),
  ...mutantsOf(
    "src/notebook/type_check.ts",
    "tests/notebook/type_check_test.ts",
    [["notebook: a check writes deno.lock", ', "--lock", lock]', "]"]],
    "only a cell",
  ),
  ...mutantsOf("src/figure/notebook/markdown.ts", "tests/figure/notebook/markdown_test.ts", [
    [
      "notebook: a cell's string is struck out",
      "literal(printed(values[i], 2))",
      "printed(values[i], 2)",
    ],
  ]),
];
