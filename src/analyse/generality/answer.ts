/** The answer in numbers and in words, for whatever rows there are. */
import { FINDINGS, type GeneralityVerdict, SMALLEST_FALL_POINTS } from "../../contrast/mod.ts";
import type { Effect } from "./effects.ts";
import { list } from "../words.ts";

/** How the questions ended that were put to other networks and memories than the published ones. */
export interface GeneralityCounts {
  /** Could be asked: measured ones, and those of the three states without a verdict. */
  readonly asked: number;
  readonly measured: number;
  readonly not_measured: number;
  /** Networks are measured, and no two of them differ in what is asked. */
  readonly no_pairs: number;
  /** Untouched weights lose so little that there is nothing to close or to miss. */
  readonly no_fall: number;
  readonly agrees: number;
  readonly opposite: number;
  readonly neutral: number;
  readonly open: number;
  /** Of the open ones: fewer networks, pairs or strata than the design asks for. */
  readonly too_few: number;
}

const isOwn = ({ source, state }: Effect) => source.id !== "published" && state !== "not asked";

/** Counts over everything but the published table. */
export function generalityCounts(effects: readonly Effect[]): GeneralityCounts {
  const own = effects.filter(isOwn);
  const judged = (verdict: GeneralityVerdict) => own.filter((e) => e.verdict === verdict).length;
  const inState = (state: Effect["state"]) => own.filter((e) => e.state === state).length;
  return {
    asked: own.length,
    measured: own.filter(({ verdict }) => verdict !== null).length,
    not_measured: inState("not measured"),
    no_pairs: inState("no pairs"),
    no_fall: inState("no fall"),
    agrees: judged("agrees"),
    opposite: judged("opposite"),
    neutral: judged("neutral"),
    open: judged("open"),
    too_few: inState("too few"),
  };
}

/**
 * The answer in one paragraph. Each finding is named once: where it is decided with every place that it was put
 * to, and with the published table's verdict where that does not agree with it either; or among those that are
 * decided nowhere.
 */
export function answerInWords(effects: readonly Effect[]): string {
  const counts = generalityCounts(effects);
  const { asked, measured, agrees, opposite, neutral, open, too_few } = counts;
  const byFinding = FINDINGS.map(({ id }) => effects.filter(({ finding }) => finding.id === id))
    .filter((all) => all.some((effect) => isOwn(effect) && effect.verdict !== null));
  const isDecided = (all: readonly Effect[]) =>
    all.some((effect) => isOwn(effect) && effect.verdict !== null && effect.verdict !== "open");
  const undecided = byFinding.filter((all) => !isDecided(all)).map((all) => quoted(all[0]));
  return [
    `Of ${asked} questions put to other networks and memories, ${measured} are measured: ` +
    `${agrees} agree with the published finding, ${opposite} say the opposite, ${neutral} show no ` +
    `effect beyond the margin, and ${open} stay open` +
    (too_few === 0
      ? "."
      : `, ${too_few} of them with fewer networks or pairs than were asked for.`),
    ...byFinding.filter(isDecided).map(whereItStands),
    undecided.length === 0 ? "" : `Decided nowhere: ${list(undecided)}.`,
    unanswered(counts),
  ].filter((sentence) => sentence !== "").join(" ");
}

const quoted = ({ finding }: Effect) => `"${finding.name}"`;

/** Verdicts in the order in which they are said, as in "it holds for A". */
const WORDS = [
  ["agrees", "holds for"],
  ["opposite", "is contradicted by"],
  ["neutral", "shows no effect that matters in"],
  ["open", "is left open by"],
] as const satisfies readonly (readonly [GeneralityVerdict, string])[];

const PUBLISHED = {
  agrees: "",
  opposite: " (contradicted by the published table)",
  neutral: " (no effect on the published table)",
  open: " (open on the published table)",
} as const;

/** One sentence of a finding that is decided somewhere. */
function whereItStands(all: readonly Effect[]): string {
  const published = all.find(({ source }) => source.id === "published")?.verdict ?? null;
  const own = all.filter(isOwn);
  const parts = WORDS.flatMap(([verdict, words]) => {
    const where = own.filter((effect) => effect.verdict === verdict);
    return where.length === 0 ? [] : [`${words} ${places(where, own)}`];
  });
  const known = published === null ? " (not asked of the published table)" : PUBLISHED[published];
  return `${quoted(all[0])}${known} ${parts.join("; ")}.`;
}

/**
 * Spaces by their names; memories, which share their networks, by how many they are of those with a verdict, of which a
 * memory without a fall is none.
 */
function places(where: readonly Effect[], all: readonly Effect[]): string {
  const isMemory = ({ source, verdict }: Effect) => source.kind === "device" && verdict !== null;
  const memories = where.filter(isMemory), measured = all.filter(isMemory).length;
  const spaces = where.filter((effect) => !isMemory(effect)).map(({ source }) => source.label);
  if (memories.length < 2) return list([...spaces, ...memories.map(({ source }) => source.label)]);
  const share = memories.length === measured ? "all" : `${memories.length} of`;
  const fallen = all.some(({ state }) => state === "no fall") ? " with a fall" : "";
  return list([...spaces, `${share} ${measured} memories${fallen}`]);
}

/** What has no verdict, and why. */
function unanswered(counts: Pick<GeneralityCounts, "not_measured" | "no_pairs" | "no_fall">) {
  const reasons = ([
    [counts.not_measured, "not measured yet"],
    [counts.no_pairs, "without a pair among the measured networks"],
    [counts.no_fall, `without a fall of ${SMALLEST_FALL_POINTS} points`],
  ] as const).filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return reasons.length === 0 ? "" : `Unanswered are ${list(reasons)}; nothing follows from these.`;
}

/** What becomes of each finding, one sentence each. */
export function answers(effects: readonly Effect[]): Readonly<Record<string, string>> {
  return Object.fromEntries(FINDINGS.map(({ id }) => [
    id,
    answer(effects.filter(({ finding }) => finding.id === id)),
  ]));
}

const SILENT = [
  ["no fall", `fall below ${SMALLEST_FALL_POINTS} points`],
  ["no pairs", "no pairs among the measured networks"],
  ["not measured", "not measured"],
] as const;

function answer(effects: readonly Effect[]): string {
  const { statement } = effects[0].finding;
  const labels = (where: readonly Effect[]) => list(where.map(({ source }) => source.label));
  const parts = WORDS.flatMap(([verdict, words]) => {
    const where = effects.filter((effect) => effect.verdict === verdict);
    return where.length === 0 ? [] : [`${words} ${labels(where)}`];
  });
  const missing = SILENT.flatMap(([state, words]) => {
    const where = effects.filter((effect) => effect.state === state);
    return where.length === 0 ? [] : [`; ${words}: ${labels(where)}`];
  });
  return `${statement}: ${parts.length === 0 ? "nothing is measured" : parts.join("; ")}${
    missing.join("")
  }.`;
}
