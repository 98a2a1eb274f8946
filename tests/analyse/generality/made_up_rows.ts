/** A study of the published table and of networks of other spaces whose rows are made up. */
import { type Study, studyOf } from "@/analyse/mod.ts";
import { loadReference } from "@/table/mod.ts";
import { metricParts, type Row } from "@/table/schema.ts";

type OtherSpace = keyof Study["measured"]["spaces"];

/** Per cent by metric. */
export type Levels = Readonly<Record<string, number>>;

/** Rows of one unit. */
export function unitRows(space: OtherSpace, text: string, seed: number, levels: Levels): Row[] {
  return Object.entries(levels).map(([metric, accuracy_pct]) => {
    const isDigital = ["baseline", "ptq", "qat"].includes(metric);
    return {
      space,
      arch_str: text,
      cell_index: null,
      ...metricParts(metric),
      metric,
      repeat: null,
      seed,
      protocol: "corrected",
      simulator: isDigital ? null : "aihwkit",
      device: isDigital ? null : "pcm",
      source: space,
      config_id: "corrected",
      accuracy_pct,
      accuracy_sd_pct: isDigital ? null : 1,
      repeats: isDigital ? 1 : 10,
      repeat_varies: isDigital ? "none" : "read_and_output_noise+programming",
    };
  });
}

/** The study in which nothing but these rows of other spaces, and of further cells, is measured. */
export async function studyWith(
  spaces: Partial<Record<OtherSpace, readonly Row[]>>,
  generality: readonly Row[] = [],
) {
  const benchmark = await loadReference(), { measured } = studyOf({ benchmark });
  const all = { ...measured.spaces, ...spaces };
  return studyOf({ benchmark, measured: { ...measured, generality, spaces: all } }) as Study;
}
