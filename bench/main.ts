/**
 * `deno task bench`: every comparison in this folder, one after the other, each a process of its own.
 * A comparison prints its ratios and ends with status 1 where it misses its target. Lines of the form
 * `value KEY NUMBER` are kept in bench/results.json under `bench.<comparison>.KEY`, from where the README
 * quotes them, with the processor they were measured on. A second machine's stand beside them, under a word
 * of its own: ratios change with the processor.
 */
import { cpus } from "node:os";
import process from "node:process";
import { z } from "zod";
import { writeFileAtomically } from "../src/atomic_write.ts";
import { command, main } from "../src/cli/command.ts";
import { InputError } from "../src/input_error.ts";
import { withLock } from "../src/lock.ts";
import { didYouMean } from "../src/nearest.ts";
import { readJsonIfThere } from "../src/json_file.ts";

const names = [...Deno.readDirSync("bench")]
  .filter(({ name }) => name.endsWith(".ts") && name !== "main.ts")
  .map(({ name }) => name.slice(0, -".ts".length))
  .sort();

const RESULTS = "bench/results.json";
const results = z.record(z.string(), z.union([z.number(), z.string()]));
type Results = z.infer<typeof results>;

/** Runs one comparison, output passed on. Its values, and whether it reached its targets. */
async function compare(
  name: string,
  prefix: string,
): Promise<{ success: boolean; values: Results }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", `bench/${name}.ts`],
    stdout: "piped",
  }).spawn();
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    await Deno.stdout.write(new TextEncoder().encode(chunk));
    text += chunk;
  }
  const values = [...text.matchAll(/^value (\S+) (\S+)$/gm)]
    .map(([, key, value]) => [`${prefix}.${name}.${key}`, Number(value)]);
  return { success: (await child.status).success, values: Object.fromEntries(values) };
}

/** Merges `added` into the results kept so far. */
async function keep(added: Results): Promise<void> {
  const old = await readJsonIfThere(RESULTS, results, "Restore it, or remove it to begin again.");
  const sorted = Object.entries({ ...old, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFileAtomically(RESULTS, JSON.stringify(Object.fromEntries(sorted), null, 2) + "\n");
}

/** Model and number of processors, as the operating system names them, and how wide their vectors are. */
async function machine(): Promise<string> {
  const flags = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  const vectors = flags.includes("avx512f") ? "AVX-512" : flags.includes("avx2") ? "AVX2" : "";
  return [cpus()[0].model.trim(), `${cpus().length} cores`, vectors].filter(Boolean).join(", ");
}

const program = command(
  "bench",
  "Times this workspace against the systems people would use instead.",
)
  .argument("[names...]", `which comparisons: ${names.join(", ")}; all where none is named`)
  .option("--machine <word>", "keep the results beside those of the first machine, under this word")
  .action(async (asked: string[], { machine: word }: { machine?: string }) => {
    const prefix = word === undefined ? "bench" : `bench.${word}`;
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new InputError(
        `There is no comparison "${unknown}".${didYouMean(unknown, names)} There are ${
          names.join(", ")
        }.`,
      );
    }
    const missed: string[] = [];
    for (const name of asked.length > 0 ? asked : names) {
      console.log(`\n> ${name}`);
      const { success, values } = await compare(name, prefix);
      if (!success) missed.push(name);
      const added = { ...values, [`${prefix}.machine`]: await machine() };
      await withLock(`${RESULTS}.lock`, () => keep(added));
    }
    if (missed.length === 0) return;
    console.log(`\nMissed its target or failed: ${missed.join(", ")}`);
    process.exitCode = 1;
  });

await main(program);
