/** What is wrong with a config, in words: place, value, reason, and the nearest name to a misspelt one. */
import type { z } from "zod";
import { didYouMean, nearest } from "../nearest.ts";
import { settings } from "./settings.ts";

/** A sentence part for each fault that zod found in `given`. */
export function faultTexts(issues: readonly z.core.$ZodIssue[], given: unknown): string[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknown(issue.path.map(String), key))
      : [faultText(issue, given)]
  );
}

/** A setting that does not exist: misspelt, or at home elsewhere. */
function unknown(path: readonly string[], key: string): string {
  const names = settings().map(({ name }) => name), at = [...path, key].join(".");
  const prefix = path.map((name) => `${name}.`).join("");
  const here = [
    ...new Set(
      names.filter((name) => name.startsWith(prefix)).map((name) =>
        name.slice(prefix.length).split(".")[0]
      ),
    ),
  ];
  const elsewhere = names.map((name) => name.split(".")).flatMap((parts) => {
    const place = parts.indexOf(key);
    return place < 0 ? [] : [parts.slice(0, place + 1).join(".")];
  });
  if (here.includes(key)) return `${at}: does not go with the other settings of ${path.join(".")}`;
  const near = nearest(key, here);
  if (near !== null) return `${at}: there is no such setting. Did you mean ${prefix}${near}?`;
  const home = elsewhere.length > 0 ? ` Did you mean ${[...new Set(elsewhere)].join(" or ")}?` : "";
  return `${at}: there is no such setting.${home} ${path.join(".") || "A config"} has ${
    here.join(", ")
  }`;
}

function faultText(issue: z.core.$ZodIssue, given: unknown): string {
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    given,
  );
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  const at = issue.path.join(".") || "config";
  return `${at}${shown === undefined ? "" : ` = ${shown}`}: ${reason(issue, value)}`;
}

function reason(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined && issue.code === "invalid_type") return "is missing";
  const name = issue.path.join(".");
  const kinds = issue.code === "invalid_value"
    ? [issue.values.join(" | ")]
    : settings().find((setting) => setting.name === name)?.range.split(", or ") ?? [];
  // A setting may be one of some words, or a number within bounds, which are words apart.
  const words = kinds.flatMap((kind) => kind.split(" | ")).filter((word) => !word.includes(" "));
  const bounds = kinds.filter((kind) => /^(at |above |below ).*\d$/.test(kind));
  if (issue.code === "invalid_value" || issue.code === "invalid_union") {
    const number = bounds.map((bound) => `, or a number ${bound}`).join("");
    return `Invalid option: expected one of ${
      words.map((word) => `"${word}"`).join("|")
    }${number}.` +
      didYouMean(String(value), words);
  }
  return issue.message;
}
