/** Numbers as notebook outputs: tables, and prose whose numbers come from code. */
import { hasMembers, shown as shownText } from "../../arguments.ts";
import { InputError } from "../../input_error.ts";
import type { Claim } from "../../analyse/mod.ts";
import type { Displayable } from "./chart.ts";
import { count, fixed, interval, pText, signed } from "../grammar/format.ts";

const display = Symbol.for("Jupyter.display");

/** A number as it is printed: whole ones grouped, others with `digits` decimals. */
function printed(value: unknown, digits: number): string {
  if (typeof value !== "number") return String(value);
  if (Number.isNaN(value)) return "—";
  return Number.isInteger(value) ? count(value) : fixed(value, digits);
}

/** Text whose tildes mean themselves: two would strike out what is between them. */
const literal = (text: string) => text.replaceAll("~", "\\~");

/** Markdown text as a notebook output. */
function shown(text: string): Displayable {
  return { [display]: () => Promise.resolve({ "text/markdown": text, "text/plain": text }) };
}

/**
 * Prose in Markdown as a notebook output, so that no number in it is typed by hand. Whole numbers are
 * grouped ("15,625"), others get two decimals; for anything else format the number first.
 */
export function prose(
  strings: TemplateStringsArray,
  ...values: readonly (number | string)[]
): Displayable {
  const text = strings
    .map((part, i) => part + (i < values.length ? literal(printed(values[i], 2)) : "")).join("");
  return shown(text.replace(/\s*\n\s*/g, " ").trim());
}

/** A row of a table, by column. */
type TableRow = Readonly<Record<string, unknown>>;

/**
 * Rows as a table in a notebook output. Columns are the keys of the first row; numbers are right-aligned.
 *
 * A column `p`, or one that begins with `p_`, holds p values and is printed as such (`show.pText`).
 *
 * @param digits decimals of other numbers that are not whole
 */
export function showTable(rows: readonly TableRow[], digits = 2): Displayable {
  if (!Array.isArray(rows)) {
    throw new InputError(`A table shows a list of records, not ${shownText(rows)}.`);
  }
  return shown(rows.length === 0 ? "(no rows)" : markdownTable(rows, digits));
}

/** Text that means itself in a table, where a bar would end the cell. */
const escaped = (text: string) => literal(text).replaceAll("|", "\\|");

function markdownTable(rows: readonly TableRow[], digits = 2): string {
  const columns = Object.keys(rows[0]);
  const numeric = columns.map((c) => rows.every((row) => typeof row[c] === "number"));
  // A column with one fraction shows decimals throughout, so that digits stand below each other.
  const places = columns.map((c) =>
    rows.some((row) => typeof row[c] === "number" && !Number.isInteger(row[c])) ? digits : 0
  );
  const isP = columns.map((c) => /^p(_|$)/.test(c));
  const cell = (value: unknown, k: number) =>
    isP[k] && typeof value === "number"
      ? pText(value)
      : typeof value === "number" && !Number.isNaN(value) && places[k] > 0
      ? fixed(value, places[k])
      : escaped(printed(value ?? "—", digits));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(escaped)),
    line(numeric.map((right) => right ? "---:" : "---")),
    ...rows.map((row) => line(columns.map((c, k) => cell(row[c], k)))),
  ].join("\n");
}

/** A tested claim as a notebook output: statement, verdict, and its criteria with their intervals. */
export function showClaim(claim: Claim): Displayable {
  hasMembers("A claim", claim, ["statement", "criteria"], "study.claim(id) gives one.");
  const { statement, verdict, criteria, exploratory } = claim;
  const found = exploratory.map((c) => ({ ...c, text: `exploratory, decides nothing: ${c.text}` }));
  const table = markdownTable([...criteria, ...found].map(({ text, effect, unit, met }) => ({
    criterion: text,
    effect: signed(effect.estimate, 2),
    "95 % interval": interval(effect.low, effect.high, 2),
    unit,
    met: met ? "yes" : "no",
  })));
  return shown(`> ${statement}\n>\n> **${verdict}**\n\n${table}`);
}
