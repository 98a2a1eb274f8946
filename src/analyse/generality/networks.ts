/** The networks of a source with what was measured of them, in one form for tables and studies alike. */
import type { Source } from "../../contrast/mod.ts";
import { byScale, type Scale } from "../replication/larger_scales.ts";
import type { Study } from "../study.ts";
import { type Condition, metricText, type Row } from "../../table/schema.ts";
import { CONNECTED, EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";

/** One entry for each network, seed and config; lists are aligned. */
export interface Networks {
  /** Texts as rows have them: canonical in their space. */
  readonly texts: readonly string[];
  /** cell_index [n]; -1 outside NAS-Bench-201. */
  readonly cells: Int32Array;
  /** Equal where two networks were trained from one seed under one config. */
  readonly trainings: readonly string[];
  /** What is no independent evidence of each other [n]: expressions of cells, else texts. */
  readonly clusters: Int32Array;
  /** Per cent [n], mean over repeats; NaN where not measured. */
  readonly accuracy: (condition: Condition, t_inference_s?: number | null) => Float64Array;
}

/** What the study holds of a source; no entries where nothing is measured. */
export function networksOf(study: Study, source: Source): Networks {
  const { measured } = study;
  if (source.id === "published") return published(study);
  const replication = measured.replication.filter(({ protocol }) => protocol === "as_published");
  if (source.id === "own") return fromRows([...replication, ...measured.generality]);
  if (source.kind === "space") {
    return fromRows(measured.spaces[source.id as keyof typeof measured.spaces]);
  }
  const { rows } = measured.devices;
  const analog = rows.filter((row) =>
    row.simulator === source.simulator && row.device === source.device
  );
  const here = new Set(analog.map((row) => `${row.arch_str} ${row.seed}`));
  // weights are the replication's: what is digital was measured there; on the same images where it was again
  const isDigital = (row: Row) => row.simulator === null && here.has(`${row.arch_str} ${row.seed}`);
  const again = rows.filter(isDigital);
  const digital = [...onImagesOf(replication.filter(isDigital), again), ...again];
  return fromRows([...digital, ...analog].map((row) => ({ ...row, config_id: "" })));
}

/**
 * Digital rows as if measured on the images of others: each network's moved by what its baseline differs there, so that
 * a condition that was not measured again keeps its own distance to the baseline.
 */
function onImagesOf(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const key = ({ arch_str, seed }: Row) => `${arch_str} ${seed}`;
  const baselines = (of: readonly Row[]) =>
    new Map(
      of.filter(({ metric }) => metric === "baseline").map((row) => [key(row), row.accuracy_pct]),
    );
  const here = baselines(rows), there = baselines(others);
  return rows.map((row) => {
    const from = here.get(key(row)), to = there.get(key(row));
    if (from === undefined || to === undefined) return row;
    return { ...row, accuracy_pct: row.accuracy_pct + to - from };
  });
}

/** The replication under the published protocol, the same cells at larger scales, and the table. */
export function networksAtScales(study: Study): Readonly<Record<Scale, Networks>> {
  const { replication, scale: { rows, configs } } = study.measured;
  return byScale((scale) => {
    if (scale === "published") return published(study);
    return fromRows(
      scale === "replication"
        ? replication.filter(({ protocol }) => protocol === "as_published")
        : rows.filter(({ config_id }) => config_id === configs[scale]),
    );
  });
}

function published({ benchmark }: Study): Networks {
  const none = new Float64Array(CONNECTED.length).fill(NaN), have = new Set(benchmark.metrics);
  return {
    texts: Array.from(CONNECTED, String),
    cells: CONNECTED,
    trainings: Array.from(CONNECTED, () => ""),
    clusters: take(EXPRESSIONS, CONNECTED) as unknown as Int32Array,
    accuracy(condition, t_inference_s = null) {
      const metric = metricText(condition, t_inference_s);
      return have.has(metric) ? take(benchmark.accuracy(metric), CONNECTED) : none;
    },
  };
}

const WHOLE = new Set(CONNECTED);

function fromRows(rows: readonly Row[]): Networks {
  const means = rows.filter(({ repeat, cell_index }) =>
    repeat === null && (cell_index === null || WHOLE.has(cell_index))
  );
  const entries = [
    ...Map.groupBy(means, (row) => `${row.arch_str} ${row.seed} ${row.config_id}`).values(),
  ];
  const texts = entries.map(([row]) => row.arch_str), number = new Map<string, number>();
  for (const text of texts) if (!number.has(text)) number.set(text, number.size);
  const byMetric = entries.map((own) => new Map(own.map((row) => [row.metric, row.accuracy_pct])));
  return {
    texts,
    cells: Int32Array.from(entries, ([row]) => row.cell_index ?? -1),
    trainings: entries.map(([row]) => `${row.seed} ${row.config_id}`),
    clusters: Int32Array.from(
      entries,
      ([{ cell_index, arch_str }]) =>
        cell_index === null ? number.get(arch_str)! : EXPRESSIONS[cell_index],
    ),
    accuracy: (condition, t_inference_s = null) =>
      Float64Array.from(
        byMetric,
        (own) => own.get(metricText(condition, t_inference_s)) ?? NaN,
      ),
  };
}
