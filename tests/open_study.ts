/**
 * A study whose table and measurements hold a condition and a time that no code names: `own_method@2d`, in
 * every number a twin of `noisy@1h`, so that whatever is computed of one has to come out for the other.
 */
import { type Study, type StudyData, studyOf } from "@/analyse/mod.ts";
import { type Benchmark, loadReference, type Row } from "@/table/mod.ts";

/** The metric that the code knows, and the one that it does not. */
export const KNOWN = "noisy@1h", OWN = "own_method@2d";
const PARTS = { condition: "own_method", t_inference_s: 172_800, metric: OWN } as const;

/** Rows, and for each of the known metric one of the own. */
const withTwins = (rows: readonly Row[]): Row[] =>
  rows.flatMap((row) => row.metric === KNOWN ? [row, { ...row, ...PARTS }] : [row]);

/** A table with the own metric after its others. */
function withTwin(benchmark: Benchmark): Benchmark {
  const known = (metric: string) => metric === OWN ? KNOWN : metric;
  return {
    ...benchmark,
    metrics: [...benchmark.metrics, OWN],
    accuracy: (metric) => benchmark.accuracy(known(metric)),
    sd: (metric) => benchmark.sd(known(metric)),
  };
}

/** The study of the published table with the own metric, and of `data` with it. */
export async function studyWithOwnMetric(data: Partial<StudyData> = {}): Promise<Study> {
  const { measured } = data;
  return studyOf({
    ...data,
    ...(measured === undefined ? {} : {
      measured: {
        ...measured,
        replication: withTwins(measured.replication),
        ablation: { ...measured.ablation, rows: withTwins(measured.ablation.rows) },
        protocols: { ...measured.protocols, rows: withTwins(measured.protocols.rows) },
      },
    }),
    benchmark: withTwin(await loadReference()),
  });
}
