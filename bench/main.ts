/**
 * `deno task bench`: every comparison in this folder, one after the other, each a process of its own.
 * A comparison prints its ratios and ends with status 1 where it misses its target.
 */
import process from "node:process";
import { command, main } from "../src/cli/command.ts";
import { InputError } from "../src/input_error.ts";

const names = [...Deno.readDirSync("bench")]
  .filter(({ name }) => name.endsWith(".ts") && name !== "main.ts")
  .map(({ name }) => name.slice(0, -".ts".length))
  .sort();

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
      const args = ["run", "-A", "--no-check", `bench/${name}.ts`];
      const { success } = await new Deno.Command(Deno.execPath(), { args }).spawn().status;
      if (!success) missed.push(name);
    }
    if (missed.length === 0) return;
    console.log(`\nMissed its target or failed: ${missed.join(", ")}`);
    process.exitCode = 1;
  });

await main(program);
