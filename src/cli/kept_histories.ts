/** Where `deno task search` keeps its histories, beside the config that they were made with. */
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import {
  joinRuns,
  keptRuns,
  MACS_PER_SECOND,
  METHODS,
  type Runs,
  type Setting,
  STREAM,
  visibleMetrics,
} from "../search/mod.ts";
import {
  type Histories,
  historiesFile,
  readHistories,
  REFERENCE,
  writeHistories,
} from "../table/mod.ts";

/** Where the histories of a setting are stored, and as what. */
export interface Place {
  readonly method: Setting["method"];
  readonly path: string;
  /** What is not finished, stored as it goes. */
  readonly unfinished: string;
  readonly guide: Setting["metric"] | null;
  readonly configOf: ConfigOf;
}

/**
 * The place of a setting's histories within `folder`.
 *
 * @param table file of the table that is searched, where it is not the published one
 */
export function placeOf(setting: Setting, folder: string, table?: string): Place {
  const { method, metric } = setting, guide = METHODS[method].blind ? null : metric;
  const path = `${folder}/${historiesFile(method, guide)}`;
  return {
    method,
    path,
    unfinished: path.replace(/parquet$/, "part.parquet"),
    guide,
    configOf: (length, count) => resolved(setting, length, count, table),
  };
}

/** Runs, by seed, and their common length. */
export interface Stored {
  readonly runs: Runs;
  readonly length: number;
}

/** The stored runs of at least that many queries, finished or not. */
export async function loadKept(
  { path, unfinished, configOf }: Place,
  queries: number,
): Promise<Stored> {
  const files = [await loadFile(path, configOf), await loadFile(unfinished, configOf)];
  const kept = files.filter((h) => h !== null && h.queries >= queries) as Histories[];
  const length = Math.max(queries, ...kept.map((histories) => histories.queries));
  return { runs: new Map(kept.flatMap((histories) => [...keptRuns(histories, length)])), length };
}

/** Writes `runs`, all that were asked for, and removes what was stored on the way. */
export async function storeFinished(runs: Runs, place: Place): Promise<void> {
  await store(place.path, runs, place);
  for (const file of [place.unfinished, configPath(place.unfinished)]) {
    await Deno.remove(file).catch(() => {});
  }
}

/** Writes `runs`, of which some are still missing, so that an interruption loses little. */
export function storeUnfinished(runs: Runs, place: Place): Promise<void> {
  return store(place.unfinished, runs, place);
}

async function store(
  path: string,
  runs: Runs,
  { method, guide, configOf }: Place,
): Promise<void> {
  const histories = joinRuns(method, guide, runs);
  const config = configOf(histories.queries, histories.seeds.length);
  await writeFileAtomically(configPath(path), JSON.stringify(config, null, 2) + "\n");
  await writeHistories(path, histories);
}

/** Stored histories; null where there are none. Throws InputError where they have another config. */
async function loadFile(path: string, configOf: ConfigOf): Promise<Histories | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(configPath(path));
    await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const histories = await readHistories(path);
  const expected = JSON.stringify(configOf(histories.queries, histories.seeds.length), null, 2);
  if (text.trim() !== expected) {
    throw new InputError(
      `${path} was made with other settings than these (see ${configPath(path)}). Choose another ` +
        "folder with --out, or remove both files.",
    );
  }
  return histories;
}

const configPath = (path: string) => path.replace(/parquet$/, "json");

/** Everything that decides a history, and how many there are. */
function resolved({ method, metric }: Setting, queries: number, runs: number, table?: string) {
  const { options, initial, blind } = METHODS[method];
  return {
    method,
    guide: blind ? null : metric,
    visible: blind ? null : visibleMetrics(method, metric),
    initial,
    options,
    random_stream: STREAM,
    table: table ?? { sha256: REFERENCE.sha256 },
    simulated_macs_per_second: MACS_PER_SECOND,
    queries,
    runs,
  };
}

type ConfigOf = (queries: number, runs: number) => ReturnType<typeof resolved>;
