/**
 * The study: all that is known, and every statistic of it. Figures, values, claims, paper, notebooks and
 * site read it; none of them draws a random number, so that one quantity has one value wherever it stands.
 */
import {
  type Benchmark,
  type ForestScore,
  type Histories,
  loadReference,
  type Measured,
  openAllHistories,
  readMeasured,
  readMemoryLaws,
  readPredictorCurve,
  readSpent,
  type Spent,
  type StoredLaw,
} from "../table/mod.ts";
import { CLAIM_STATISTICS, type ClaimStatistics } from "./claims/statistics.ts";
import { GENERALITY_STATISTICS, type GeneralityStatistics } from "./generality/statistics.ts";
import { withMembers } from "./remember.ts";
import { REPLICATION_STATISTICS, type ReplicationStatistics } from "./replication/statistics.ts";
import { SEARCH_STATISTICS, type SearchStatistics } from "./search/statistics.ts";
import { SIMULATOR_STATISTICS, type SimulatorStatistics } from "./simulators/statistics.ts";
import { TABLE_STATISTICS } from "./table/definitions.ts";
import type { TableStatistics } from "./table/statistics.ts";

/** What the statistics are computed from. */
export interface StudyData {
  /** A table of all cells: the published one, unless another is studied. */
  readonly benchmark: Benchmark;
  /** This workspace's own measurements; empty studies with another table. */
  readonly measured: Measured;
  /** Stored runs of search methods on the table; none with another one. */
  readonly searches: readonly Histories[];
  /** How well forests rank unseen cells of the table; none with another one. */
  readonly forests: readonly ForestScore[];
  /** What each memory of both simulators does to a conductance; none with another table. */
  readonly laws: readonly StoredLaw[];
  /** What measuring took here; null with another table. */
  readonly spent: Spent | null;
  /** Of every bootstrap: each statistic derives a stream of its own by its name. */
  readonly seed: number;
}

/** The data, and statistics that are computed when they are first read. */
export interface Study
  extends
    StudyData,
    TableStatistics,
    ClaimStatistics,
    SearchStatistics,
    ReplicationStatistics,
    SimulatorStatistics,
    GeneralityStatistics {}

/** What is studied; the published table with seed 0 unless said otherwise. */
export interface StudyOptions {
  readonly seed?: number;
  /** Path of a complete table in the tidy schema, studied alone instead of the published one. */
  readonly table?: string;
}

const NO_SETTINGS = { rows: [], settings: [], untested: [] };
const NOTHING_MEASURED: Measured = {
  replication: [],
  scale: { rows: [], configs: {} },
  ablation: NO_SETTINGS,
  protocols: NO_SETTINGS,
  devices: NO_SETTINGS,
  wires: NO_SETTINGS,
  generality: [],
  spaces: { resnet: [], analognas: [], darts: [] },
  anchor: [],
  collapse: null,
};

/** Data that are there from the start. */
type Given = Omit<StudyData, "searches">;

/** What a study is made of: its data, where searches may be told when they are first read. */
export type StudySources =
  & Pick<StudyData, "benchmark">
  & Partial<Given>
  & { readonly searches?: StudyData["searches"] | (() => StudyData["searches"]) };

/** The study of given data; what is not given is empty. */
export function studyOf({ searches = [], ...data }: StudySources): Study {
  const complete = {
    measured: NOTHING_MEASURED,
    forests: [],
    laws: [],
    spent: null,
    seed: 0,
    ...data,
  };
  return withMembers<Given, Omit<Study, keyof Given>>(
    complete,
    {
      searches: () => typeof searches === "function" ? searches() : searches,
      ...TABLE_STATISTICS,
      ...CLAIM_STATISTICS,
      ...SEARCH_STATISTICS,
      ...REPLICATION_STATISTICS,
      ...SIMULATOR_STATISTICS,
      ...GENERALITY_STATISTICS,
    },
  );
}

/**
 * Reads the committed data. Throws InputError for a missing or damaged file. Nothing is computed until it
 * is asked for.
 */
export async function openStudy({ seed = 0, table }: StudyOptions = {}): Promise<Study> {
  if (table !== undefined) return studyOf({ benchmark: await loadReference(table), seed });
  const [benchmark, searches, forests, measured, laws, spent] = await Promise.all([
    loadReference(),
    openAllHistories(),
    readPredictorCurve(),
    readMeasured(),
    readMemoryLaws(),
    readSpent(),
  ]);
  return studyOf({ benchmark, searches, forests, measured, laws, spent, seed });
}
