/**
 * `deno task mutate`: tries deliberately wrong programs, each against the test that has to notice it, in a
 * copy of the project. By hand, not in CI: it takes minutes. Stopped and called again it goes on, as long
 * as no source and no test has changed. Ends with status 1 where a mutant survives or is stale.
 */
import { join } from "node:path";
import process from "node:process";
import { command, main } from "../../src/cli/command.ts";
import { InputError } from "../../src/input_error.ts";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";
import { run } from "./run.ts";
import { contentHash, trial, type Verdict } from "./verdict.ts";
import { scratchCopy } from "./workspace.ts";

/** A file that keeps the verdicts on the project as it is, one a line. */
async function memory(): Promise<string> {
  const listed = await run("git", ["ls-files", "src", "tests", "deno.lock"]);
  const files = listed.out.split("\n").filter((file) => file !== "");
  const there = files.filter((file) => {
    try {
      return Deno.statSync(file).isFile;
    } catch {
      return false; // deleted, and not yet committed
    }
  });
  return join(".cache", "mutate", `${await contentHash(there)}.jsonl`);
}

async function remembered(path: string): Promise<Map<string, [Verdict, string]>> {
  const text = await Deno.readTextFile(path).catch(() => "");
  const lines = text.split("\n").filter((line) => line.endsWith("}"));
  return new Map(
    lines.map((line) => JSON.parse(line)).map((
      { key, verdict, word },
    ) => [key, [verdict, word]]),
  );
}

async function mutate({ only, list }: { only?: string; list?: true }): Promise<void> {
  const chosen = MUTANTS.filter(({ name, file, test }) =>
    only === undefined || [name, file, test].some((text) => text.includes(only))
  );
  if (chosen.length === 0) {
    throw new InputError(`No mutant has "${only}" in its name, file or test. --list shows all.`);
  }
  if (list) {
    for (const { name, file, test } of chosen) console.log(`${name}\n  ${file} (${test})`);
    return;
  }
  const path = await memory(), known = await remembered(path);
  await Deno.mkdir(join(".cache", "mutate"), { recursive: true });
  const folder = await scratchCopy(), verdictOn = trial(folder);
  const verdicts: [Mutant, Verdict][] = [];
  try {
    for (const [i, mutant] of chosen.entries()) {
      const key = JSON.stringify(mutant), start = performance.now();
      const [verdict, word] = known.get(key) ?? await verdictOn(mutant);
      if (!known.has(key) && verdict !== "stale") {
        const line = JSON.stringify({ key, verdict, word }) + "\n";
        await Deno.writeTextFile(path, line, { append: true });
      }
      verdicts.push([mutant, verdict]);
      const seconds = ((performance.now() - start) / 1_000).toFixed(0);
      console.log(`${i + 1}/${chosen.length} ${verdict}: ${mutant.name} (${word}, ${seconds} s)`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  const of = (wanted: Verdict) => verdicts.filter(([, verdict]) => verdict === wanted);
  const count = (["killed", "survived", "stale"] as const).map((v) => `${of(v).length} ${v}`);
  console.log(`${chosen.length} mutants: ${count.join(", ")}`);
  for (const verdict of ["survived", "stale"] as const) {
    for (const [{ name, file }] of of(verdict)) console.log(`${verdict}: ${name} (${file})`);
  }
  if (of("killed").length < chosen.length) process.exitCode = 1;
}

const program = command(
  "mutate",
  "Tries wrong programs of one changed line, each against the test that has to notice it.",
)
  .option("--only <text>", "those with this text in their name, file or test")
  .option("--list", "show them and try none")
  .action(mutate);

await main(program);
