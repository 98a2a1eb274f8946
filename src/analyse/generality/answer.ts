/** The answer in numbers and in words, for whatever rows there are. */
import {
  type FindingId,
  FINDINGS,
  type GeneralityVerdict,
  SMALLEST_FALL_POINTS,
} from "../../contrast/mod.ts";
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

/** What a finding is about, for those that are decided nowhere. */
const TOPICS: Readonly<Record<FindingId, string>> = {
  hwt_closes_gap: "hardware-aware training",
  ptq_misses_fall: "quantization",
  qat_misses_fall: "quantization",
  skip_none: "skips",
  skip_conv3x3: "skips",
  skip_pool: "skips",
  conv3x3_conv1x1_drift: "kernel sizes",
  conv3x3_conv1x1_loss: "kernel sizes",
  wider_drift: "widths",
  wider_loss: "widths",
  side_by_side_drift: "branches",
  side_by_side_loss: "branches",
  branched: "branches",
  two_linear_paths: "linear paths",
};

/** The effects of one finding: where it is measured besides the published table, and where it is decided. */
interface Standing {
  readonly all: readonly Effect[];
  readonly own: readonly Effect[];
  readonly isMeasured: boolean;
  readonly isDecided: boolean;
}

function standingOf(effects: readonly Effect[], id: FindingId): Standing {
  const all = effects.filter(({ finding }) => finding.id === id), own = all.filter(isOwn);
  return {
    all,
    own,
    isMeasured: own.some(({ verdict }) => verdict !== null),
    isDecided: own.some(({ verdict }) => verdict !== null && verdict !== "open"),
  };
}

/**
 * The answer in one paragraph: how many findings hold elsewhere; each that is decided somewhere, with every place
 * that it was put to, and with the published table's verdict where that does not agree with it either; what is
 * decided nowhere; and the counts behind.
 */
export function answerInWords(effects: readonly Effect[]): string {
  const counts = generalityCounts(effects);
  const { asked, measured, agrees, opposite, neutral, open, too_few } = counts;
  const standings = FINDINGS.map(({ id }) => standingOf(effects, id));
  return [
    headline(standings),
    ...standings.filter(({ isDecided }) => isDecided).map(whereItStands),
    undecided(standings),
    `Of ${asked} questions, each a statement put to one space or memory, ${measured} are measured: ` +
    `${agrees} agree, ${opposite} say the opposite, ` +
    `${withinMargin(neutral)} (no effect, or about half), and ${open} stay open` +
    (too_few === 0 ? "." : `, ${too_few} of them for want of networks or pairs.`),
    unanswered(counts),
  ].filter((sentence) => sentence !== "").join(" ");
}

/** How many findings hold elsewhere, and how many do not. */
function headline(standings: readonly Standing[]): string {
  if (!standings.some(({ isMeasured }) => isMeasured)) {
    return "Nothing is measured yet outside the published table.";
  }
  const somewhere = (verdict: GeneralityVerdict) =>
    standings.filter(({ own }) => own.some((effect) => effect.verdict === verdict)).length;
  const [holding, against, small] = (["agrees", "opposite", "neutral"] as const).map(somewhere);
  const hold = holding === 1 ? "holds" : "hold", are = against === 1 ? "is" : "are";
  return [
    `${holding} of the ${FINDINGS.length} statements of the published study ${hold} for other networks or memories`,
    against === 0 ? "none is contradicted" : `${against} ${are} contradicted by some`,
    ...(small === 0 ? [] : [`${withinMargin(small)} in some`]),
  ].join(", ") + ".";
}

/** What is decided nowhere: a subject as a whole, or a finding where others of its subject are decided. */
function undecided(standings: readonly Standing[]): string {
  const topicOf = ({ all }: Standing) => TOPICS[all[0].finding.id];
  const decided = new Set(standings.filter(({ isDecided }) => isDecided).map(topicOf));
  const names = standings.filter(({ isMeasured, isDecided }) => isMeasured && !isDecided)
    .map((one) => decided.has(topicOf(one)) ? `"${one.all[0].finding.name}"` : topicOf(one));
  if (names.length === 0) return "";
  return `Of ${list([...new Set(names)])} nothing is decided outside the published table.`;
}

/** So many verdicts of "neutral": a matched effect that is too small to matter, or a share of about half. */
const withinMargin = (count: number) =>
  `${count} ${count === 1 ? "lies" : "lie"} within the margin`;

/** Verdicts in the order in which they are said, as in "it holds for A". */
const wordsOf = ({ finding: { unit } }: Effect) =>
  [
    ["agrees", "holds for"],
    ["opposite", "is contradicted by"],
    ["neutral", unit === "share" ? "is about half in" : "shows no effect that matters in"],
    ["open", "is left open by"],
  ] as const satisfies readonly (readonly [GeneralityVerdict, string])[];

/** What the published table says, where it does not agree. */
const publishedOf = ({ finding: { unit } }: Effect) => ({
  agrees: "",
  opposite: " (contradicted by the published table)",
  neutral: ` (${unit === "share" ? "about half" : "no effect"} on the published table)`,
  open: " (open on the published table)",
});

/** One sentence of a finding that is decided somewhere. */
function whereItStands({ all, own }: Standing): string {
  const published = all.find(({ source }) => source.id === "published")?.verdict ?? null;
  const parts = wordsOf(all[0]).flatMap(([verdict, words]) => {
    const where = own.filter((effect) => effect.verdict === verdict);
    return where.length === 0 ? [] : [`${words} ${places(where, own)}`];
  });
  const known = published === null
    ? " (not asked of the published table)"
    : publishedOf(all[0])[published];
  return `${all[0].finding.statement}${known}: this ${parts.join("; it ")}.`;
}

/** The name of a place in a sentence. */
const inProse = ({ source: { id, label } }: Effect) =>
  id === "own" ? "NAS-Bench-201 trained here" : label;

/**
 * Spaces by their names; memories, which share their networks, by how many they are of those with a verdict, of which a
 * memory without a fall is none.
 */
function places(where: readonly Effect[], all: readonly Effect[]): string {
  const isMemory = ({ source, verdict }: Effect) => source.kind === "device" && verdict !== null;
  const memories = where.filter(isMemory), measured = all.filter(isMemory).length;
  const spaces = where.filter((effect) => !isMemory(effect)).map(inProse);
  if (memories.length < 2) return list([...spaces, ...memories.map(inProse)]);
  const share = memories.length === measured ? "all" : `${memories.length} of`;
  const fallen = all.some(({ state }) => state === "no fall")
    ? ` that cost ${SMALLEST_FALL_POINTS} points or more`
    : "";
  return list([...spaces, `${share} ${measured} memories${fallen}`]);
}

/** What has no verdict, and why. */
function unanswered(counts: Pick<GeneralityCounts, "not_measured" | "no_pairs" | "no_fall">) {
  const reasons = ([
    [counts.not_measured, "not measured yet"],
    [counts.no_pairs, "without a pair among the measured networks"],
    [counts.no_fall, `on a memory that costs less than ${SMALLEST_FALL_POINTS} points`],
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
  const labels = (where: readonly Effect[]) => list(where.map(inProse));
  const parts = wordsOf(effects[0]).flatMap(([verdict, words]) => {
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
