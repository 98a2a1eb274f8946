/** This workspace: all 78 taus. Arguments and output as in taus.py. */
import { kendallMatrix } from "../../src/stats/mod.ts";

const numbers = new Float64Array(Deno.readFileSync(Deno.args[0]).buffer);
const cells = numbers.length / 13;
const columns = Array.from({ length: 13 }, (_, m) => numbers.subarray(m * cells, (m + 1) * cells));
const seconds: number[] = [];
let taus: number[] = [];
for (let run = 0; run < Number(Deno.args[1]); run++) {
  const start = performance.now();
  const matrix = kendallMatrix(columns);
  seconds.push((performance.now() - start) / 1000);
  taus = matrix.flatMap((row, i) => [...row.subarray(i + 1)]);
}
console.log(JSON.stringify({ seconds, taus }));
