/**
 * Rows of the first edition, thirteen columns, in those of the second. What they lacked follows from the
 * configs beside the file (`settings.json`, `plan.json`, `unit.json`): the device of the crossbars, and
 * whether test images were cropped. Without these the device is `pcm` and the protocol's default holds,
 * which was right for every row but those of an ablation.
 */
import { dirname, join } from "node:path";
import pl from "nodejs-polars";
import {
  type Config,
  type PartialConfig,
  protocolOf,
  PROTOCOLS,
  resolveConfig,
} from "../config.ts";
import { configId } from "../config_id.ts";
import {
  DIGITAL_CONDITIONS,
  type Metric,
  metricText,
  type Protocol,
  PUBLISHED_REPEATS,
  publishedVaries,
} from "./schema.ts";

/** Columns that the second edition added. */
const ADDED = ["space", "metric", "simulator", "device"] as const;

/** True for a frame with the columns of the first edition and none of those that came later. */
export function isFirstEdition(frame: pl.DataFrame): boolean {
  return frame.columns.includes("cell_index") && frame.columns.includes("condition") &&
    ADDED.every((name) => !frame.columns.includes(name));
}

/** A frame of the first edition, read from `path`, in the columns of the second. */
export async function upgraded(frame: pl.DataFrame, path: string): Promise<pl.DataFrame> {
  const configs = await configsBeside(dirname(path));
  const column = <T>(name: string) => frame.getColumn(name).toArray() as T[];
  const condition = column<string>("condition"), time = column<number | null>("t_inference_s");
  const config = column<string>("config_id").map((id) => configs.get(id));
  const protocol = column<Protocol>("protocol"), source = column<string>("source");
  const varies = column<string>("repeat_varies");
  const isDigital = condition.map((name) => DIGITAL_CONDITIONS.includes(name));
  const text = (name: string, value: (row: number) => string | null) =>
    pl.Series(name, Array.from({ length: frame.height }, (_, row) => value(row)), pl.String);
  const added = [
    text("space", () => "nas_bench_201"),
    text("metric", (row): Metric => metricText(condition[row], time[row])),
    text("simulator", (row) => isDigital[row] ? null : "aihwkit"),
    text("device", (row) => isDigital[row] ? null : config[row]?.hardware.device ?? "pcm"),
    text("repeat_varies", (row) => {
      const augmentTest = config[row] === undefined
        ? PROTOCOLS[protocol[row]]?.augmentTest
        : protocolOf(config[row]!).augmentTest;
      if (source[row] === "published") return publishedVaries(condition[row]);
      return joinedVaries(varies[row], augmentTest ?? false);
    }),
  ];
  const repeats = frame.getColumn("repeats").toArray() as number[];
  const mended = pl.Series(
    "repeats",
    repeats.map((n, row) => source[row] === "published" ? PUBLISHED_REPEATS : n),
    pl.Float64,
  ).cast(frame.getColumn("repeats").dtype, true);
  const rest = frame.drop("repeat_varies", "repeats");
  return pl.DataFrame([...rest.getColumns(), ...added, mended]);
}

/** What a row of the first edition says, in the words of the second. */
function joinedVaries(first: string, augmentTest: boolean): string {
  if (first === "none") return first;
  const noise = first === "programming" ? "read_and_output_noise+programming" : first;
  return augmentTest ? `${noise}+test_augmentation` : noise;
}

/** Every config that stands whole in a file of `folder`, by its id. */
async function configsBeside(folder: string): Promise<ReadonlyMap<string, Config>> {
  const found: unknown[] = [];
  for (const file of ["settings.json", "plan.json", "unit.json"]) {
    try {
      collectConfigs(JSON.parse(await Deno.readTextFile(join(folder, file))), found);
    } catch {
      // A file that is not there or damaged says nothing; its own reader complains.
    }
  }
  return new Map(found.map((raw) => {
    const config = resolveConfig(raw as PartialConfig);
    return [configId(config), config];
  }));
}

function collectConfigs(json: unknown, found: unknown[]): void {
  if (json === null || typeof json !== "object") return;
  if ("hardware" in json && "protocol" in json) found.push(json);
  else Object.values(json).forEach((inner) => collectConfigs(inner, found));
}
