/**
 * Searches on the published table, against the targets: 500 seeds of random search, evolution and local
 * search with 500 queries each in 10 s on two cores together; a query in 1 microsecond; 50 seeds of each
 * method with a model at 200 queries in 3 minutes. Progress goes to stderr, values to stdout.
 */
import process from "node:process";
import { METHOD_IDS, type MethodId, METHODS, runSeeds, tableObjective } from "../src/search/mod.ts";
import { allCells, CELL_COUNT } from "../src/space/mod.ts";
import { loadReference } from "../src/table/mod.ts";

const METRIC = "hwt@1d", WORKERS = 2;
const FREE: readonly MethodId[] = ["random_search", "regularized_evolution", "local_search"];
/** Seconds for the model-free methods together, seconds for a method with a model, and a query's. */
const LIMITS = { free_s: 10, model_s: 180, query_ns: 1000 } as const;

const benchmark = await loadReference();
let missed = false;

/** Prints a value and holds it against its limit. */
function report(key: string, value: number, limit: number): void {
  console.log(`value ${key} ${value.toPrecision(4)}`);
  if (value > limit) missed = true;
}

/** Seconds for `seeds` runs of `queries` queries on two workers, their start included. */
async function time_s(method: MethodId, queries: number, seeds: number): Promise<number> {
  const list = Array.from({ length: seeds }, (_, i) => i + 1), start = performance.now();
  let done = 0;
  await runSeeds(
    { method, metric: METRIC, queries },
    (metric) => benchmark.accuracy(metric),
    list,
    WORKERS,
    (answer) => console.error(`${method}: ${done += answer.length} of ${seeds}`),
  );
  return (performance.now() - start) / 1000;
}

const objective = tableObjective(
  METRIC,
  new Map([[METRIC, benchmark.accuracy(METRIC)]]),
  3_000_000,
);
const cells = allCells();
for (let i = 0; i < 1_000_000; i++) objective.query(cells[i % CELL_COUNT]); // warms up
const start = performance.now();
for (let i = 0; i < 2_000_000; i++) objective.query(cells[(i * 7919) % CELL_COUNT]);
report("query_ns", (performance.now() - start) / 2_000_000 * 1e6, LIMITS.query_ns);

let free_s = 0;
for (const method of FREE) free_s += await time_s(method, 500, 500);
report("model_free_s", free_s, LIMITS.free_s);

for (const method of METHOD_IDS.filter((id) => METHODS[id].model)) {
  report(`${method}_s`, await time_s(method, 200, 50), LIMITS.model_s);
}
if (missed) process.exitCode = 1;
