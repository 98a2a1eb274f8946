/**
 * Lost outputs of the Deno kernel: the 45 outputs of `tests/notebook/outputs.ipynb`, five executions in
 * a row through the workspace's kernel proxy. Expected: no loss in any of them.
 */
import { codeCells, executeNotebooks, prepareJupyter } from "../src/notebook/mod.ts";

const RUNS = 5;
const FOLDER = "tests/notebook";

const jupyter = await prepareJupyter();
let losses = 0, outputs = 0;
for (let run = 1; run <= RUNS; run++) {
  const start = performance.now();
  const [{ notebook, lost }] = await executeNotebooks([`${FOLDER}/outputs.ipynb`], FOLDER, jupyter);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const expected = codeCells(notebook).length - 1; // the first cell shows nothing
  losses += lost.length;
  outputs += expected;
  console.log(`run ${run}: ${lost.length} of ${expected} outputs lost, ${seconds} s`);
}
console.log(`value runs ${RUNS}\nvalue outputs ${outputs}\nvalue lost ${losses}`);
if (losses > 0) Deno.exit(1);
