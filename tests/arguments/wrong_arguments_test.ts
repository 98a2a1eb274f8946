/**
 * Public functions as a notebook calls them, in which no types are checked: a wrong argument is refused in words,
 * never answered with the number of another question. Every function on the surface is called so, or is listed
 * with the reason why not.
 */
import assert from "node:assert/strict";
import * as surface from "@/mod.ts";
import { InputError } from "@/input_error.ts";
import { UNCHECKED } from "./unchecked.ts";
import { ANALOG, OTHERS, SEARCH, SPACE, STATS, STUDY, type WrongCall } from "./wrong_calls.ts";

const study = await surface.openStudy();
const unit = await surface.openUnit("310301-s0-published");
const objective = surface.search.tableObjective(
  "hwt@1d",
  new Map([["hwt@1d", study.benchmark.accuracy("hwt@1d")]]),
  5,
);
const whole: Readonly<Record<string, unknown>> = { ...surface, study, unit, objective };

/** Namespaces of other people's libraries. */
const LIBRARIES = ["aq", "pl", "vl"];

/** Names of all functions below a value: of modules all the way down, of records one level. */
function* functionsOf(value: object, path: string): Generator<string> {
  for (const name of Object.keys(value)) {
    if (path === "" && LIBRARIES.includes(name)) continue;
    const member = (value as Record<string, unknown>)[name];
    const full = path === "" ? name : `${path}.${name}`;
    if (typeof member === "function") yield full;
    else if (isModule(member) || RECORDS.includes(full)) yield* functionsOf(member as object, full);
  }
}
const isModule = (value: unknown) => Object.prototype.toString.call(value) === "[object Module]";

/** Records whose members are functions that a notebook calls. */
const RECORDS = [
  "study",
  "study.benchmark",
  "study.cells",
  "study.searchStudy",
  "unit",
  "objective",
];

/** Names of the study's functions, read from its interfaces: reading the members would compute them all. */
function studyFunctions(): string[] {
  return ["table", "claims", "search", "replication"].flatMap((theme) => {
    const text = Deno.readTextFileSync(`src/analyse/${theme}/statistics.ts`);
    const [, members] = text.match(/export interface \w+Statistics \{\n([^]*?)\n\}/)!;
    return [...members.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => `study.${name}`);
  });
}

const CALLS: readonly WrongCall[] = [...SPACE, ...STATS, ...SEARCH, ...STUDY, ...ANALOG, ...OTHERS];

/** What a call throws, synchronously or not; undefined where it answers. */
async function fault([name, args]: WrongCall): Promise<unknown> {
  const path = name.split("."), last = path.pop()!;
  // deno-lint-ignore no-explicit-any
  const owner = path.reduce<any>((value, key) => value[key], whole);
  try {
    await owner[last](...args);
  } catch (error) {
    return error;
  }
}

Deno.test(`${CALLS.length} wrong calls of the library are refused in words`, async () => {
  const faults: string[] = [];
  for (const call of CALLS) {
    const [name, args, message] = call, error = await fault(call);
    if (error instanceof InputError && message.test(error.message)) continue;
    const shown = args.map((arg) => JSON.stringify(arg)?.slice(0, 60)).join(", ");
    const found = error === undefined ? "answers" : String(error).slice(0, 160);
    faults.push(`${name}(${shown}): ${found}, not ${message}`);
  }
  assert.deepEqual(faults, []);
});

Deno.test("every public function is called wrongly, or listed with the reason why not", () => {
  const called = new Set(CALLS.map(([name]) => name));
  const { study: _, ...others } = whole;
  const names = [
    ...functionsOf(others, ""),
    ...studyFunctions(),
    ...RECORDS.filter((name) => name.startsWith("study.")).flatMap((name) => {
      const [, record] = name.split(".") as ["study", "benchmark" | "cells" | "searchStudy"];
      return [...functionsOf(study[record], name)];
    }),
  ];
  assert.ok(names.length > 300, `${names.length} functions`);
  const forgotten = names.filter((name) => !called.has(name) && UNCHECKED[name] === undefined);
  assert.deepEqual(forgotten, [], "give each a wrong call in wrong_calls.ts");
  const needless = Object.keys(UNCHECKED).filter((name) =>
    called.has(name) || !names.includes(name)
  );
  assert.deepEqual(needless, [], "no reason needed");
});
