/**
 * Notebooks: the Python side that Jupyter needs (`.venv`, made here, never in the user's home), the
 * kernel proxy that loses no output, and the execution, the checks, the type check and the HTML of notebook
 * files. Knows nothing of what the notebooks study.
 */
export { findPython, jupyterEnvironment, LAB_CONFIG, prepareJupyter } from "./environment.ts";
export type { Jupyter } from "./environment.ts";
export {
  allNotebooks,
  codeCells,
  expectsOutput,
  lostOutputs,
  normalized,
  parseNotebook,
  readNotebook,
  serialize,
  sourceText,
} from "./notebook_file.ts";
export type { CodeCell, Notebook } from "./notebook_file.ts";
export { executeNotebooks } from "./execute.ts";
export type { Execution } from "./execute.ts";
export { formatted } from "./format.ts";
export { notebookHtml } from "./html.ts";
export { inputsHash, isCurrent, remember } from "./cache.ts";
export { joinedCells, typeCheckNotebooks } from "./type_check.ts";
