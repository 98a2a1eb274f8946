/**
 * The verify room: reference values of other implementations (`tests/golden/`) against ours. A check reads
 * one kind of file and reports the worst error of each kind of value beside what is allowed; `checks.ts` names
 * the files that are known. Used by `deno task golden` and by the tests.
 */
export { goldenReport, goldenReports, referenceFiles } from "./golden_reports.ts";
export type { GoldenReport } from "./report.ts";
export { type Bridge, pcmBridge } from "./bridge.ts";
export { recordedNetwork } from "./aimc/end_to_end.ts";
export { inPyTorchOrder } from "./pytorch_order/mod.ts";
