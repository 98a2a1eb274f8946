/** This workspace: load, first query. Prints seconds since the runtime was ready. */
const start = performance.now();
const { loadReference, queryAccuracy } = await import("../../src/table/mod.ts");
const answer = queryAccuracy(await loadReference(), [2, 2, 0, 4, 2, 1], "analog_drift_86400");
console.log((performance.now() - start) / 1000, answer);
