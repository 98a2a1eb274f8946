/** The answer in numbers and in words, for whatever rows there are. */
import { FINDINGS } from "../../contrast/mod.ts";
import type { Effect } from "./effects.ts";

/** How the questions ended that were put to other networks and memories than the published ones. */
export interface GeneralityCounts {
  readonly measured: number;
  /** Could be asked, and nothing is measured or there is no fall to speak of. */
  readonly missing: number;
  readonly agrees: number;
  readonly opposite: number;
  readonly neutral: number;
  readonly open: number;
}

const isOwn = ({ source, state }: Effect) => source.id !== "published" && state !== "not asked";

/** Counts over everything but the published table. */
export function generalityCounts(effects: readonly Effect[]): GeneralityCounts {
  const own = effects.filter(isOwn);
  const count = (verdict: Effect["verdict"]) =>
    own.filter((effect) => effect.verdict === verdict).length;
  const missing = count(null);
  return {
    measured: own.length - missing,
    missing,
    agrees: count("agrees"),
    opposite: count("opposite"),
    neutral: count("neutral"),
    open: count("open"),
  };
}

/**
 * The answer in one paragraph: what carried over as it was found on the published table, what did not, and what
 * cannot be said. A finding carries over to a source that gives the published table's own verdict.
 */
export function answerInWords(effects: readonly Effect[]): string {
  const { measured, missing, agrees, opposite, neutral, open } = generalityCounts(effects);
  const decided = effects.filter((effect) =>
    isOwn(effect) && effect.verdict !== null && effect.verdict !== "open"
  );
  const published = (id: string) =>
    effects.find(({ finding, source }) => finding.id === id && source.id === "published")!.verdict;
  const names = (own: readonly Effect[]) =>
    list(
      [...Map.groupBy(own, ({ finding }) => finding.name)].map(([name, where]) =>
        `"${name}" (${where.map(({ source }) => source.label).join(", ")})`
      ),
    );
  const alike = decided.filter(({ finding, verdict }) => verdict === published(finding.id));
  const unlike = decided.filter((effect) => !alike.includes(effect));
  const undecided = [
    ...new Set(
      effects.filter((effect) => isOwn(effect) && effect.verdict === "open")
        .map(({ finding }) => `"${finding.name}"`),
    ),
  ];
  return [
    `Of ${
      measured + missing
    } questions put to other networks and memories, ${measured} are measured: ` +
    `${agrees} agree with the published finding, ${opposite} say the opposite, ${neutral} show no ` +
    `effect beyond the margin, and ${open} stay open.`,
    alike.length === 0 ? "" : `As on the published table: ${names(alike)}.`,
    unlike.length === 0 ? "" : `Unlike there: ${names(unlike)}.`,
    undecided.length === 0 ? "" : `Measured and not decided: ${list(undecided)}.`,
    missing === 0 ? "" : `${missing} are not measured yet, and nothing follows from that.`,
  ].filter((sentence) => sentence !== "").join(" ");
}

/** What becomes of each finding, one sentence each. */
export function answers(effects: readonly Effect[]): Readonly<Record<string, string>> {
  return Object.fromEntries(FINDINGS.map(({ id }) => [
    id,
    answer(effects.filter(({ finding }) => finding.id === id)),
  ]));
}

const WORDS = [
  ["agrees", "holds for"],
  ["opposite", "is contradicted by"],
  ["neutral", "shows no effect that matters in"],
  ["open", "is left open by"],
] as const;

function answer(effects: readonly Effect[]): string {
  const { statement } = effects[0].finding;
  const parts = WORDS.flatMap(([verdict, words]) => {
    const where = effects.filter((effect) => effect.verdict === verdict);
    return where.length === 0 ? [] : [`${words} ${list(where.map(({ source }) => source.label))}`];
  });
  const silent = effects.filter(({ state }) => state === "not measured");
  const missing = silent.length === 0
    ? ""
    : `; not measured: ${list(silent.map(({ source }) => source.label))}`;
  return `${statement}: ${
    parts.length === 0 ? "nothing is measured" : parts.join(", ")
  }${missing}.`;
}

const list = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join("; ")} and ${names.at(-1)}`;
