/**
 * `deno task bench`: every comparison in this folder, one after the other, each a process of its own.
 * A comparison prints its ratios and ends with status 1 where it misses its target. Lines of the form
 * `value KEY NUMBER` are kept in bench/results.json under `bench.<comparison>.KEY`, from where the README
 * quotes them, with the processor they were measured on.
 */
import { cpus } from "node:os";
import process from "node:process";
import { writeFileAtomically } from "../src/atomic_write.ts";
import { command, main } from "../src/cli/command.ts";
import { InputError } from "../src/input_error.ts";

const names = [...Deno.readDirSync("bench")]
  .filter(({ name }) => name.endsWith(".ts") && name !== "main.ts")
  .map(({ name }) => name.slice(0, -".ts".length))
  .sort();

const RESULTS = "bench/results.json";
type Results = Record<string, number | string>;

/** Runs one comparison, output passed on. Its values, and whether it reached its targets. */
async function compare(name: string): Promise<{ success: boolean; values: Results }> {
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
    .map(([, key, value]) => [`bench.${name}.${key}`, Number(value)]);
  return { success: (await child.status).success, values: Object.fromEntries(values) };
}

/** Model and number of processors, as the operating system names them. */
const machine = () => `${cpus()[0].model.trim()}, ${cpus().length} cores`;

const program = command(
  "bench",
  "Times this workspace against the systems people would use instead.",
)
  .argument("[names...]", `which comparisons: ${names.join(", ")}; all where none is named`)
  .action(async (asked: string[]) => {
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new InputError(`There is no comparison "${unknown}"; there are ${names.join(", ")}.`);
    }
    const missed: string[] = [];
    for (const name of asked.length > 0 ? asked : names) {
      console.log(`\n> ${name}`);
      const { success, values } = await compare(name);
      if (!success) missed.push(name);
      const old: Results = JSON.parse(await Deno.readTextFile(RESULTS).catch(() => "{}"));
      const results = { ...old, ...values, "bench.machine": machine() };
      const sorted = Object.fromEntries(
        Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)),
      );
      await writeFileAtomically(RESULTS, JSON.stringify(sorted, null, 2) + "\n");
    }
    if (missed.length === 0) return;
    console.log(`\nMissed its target or failed: ${missed.join(", ")}`);
    process.exitCode = 1;
  });

await main(program);
