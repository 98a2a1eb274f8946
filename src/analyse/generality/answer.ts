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
