/** `deno task reproduce`: everything that is generated from the committed data, in one go. */
import { join } from "node:path";
import { CACHE } from "../cache.ts";
import { endingWithUs } from "../child_process.ts";
import { InputError } from "../input_error.ts";
import { withLock } from "../lock.ts";
import { command, main } from "./command.ts";
import { type Memory, openMemory, type Product } from "./memory.ts";
import { FIGURES, PRODUCTS } from "./products.ts";

/** One command of the project, what it makes, and the products that are due. */
interface Step {
  readonly task: string;
  readonly makes: string;
  readonly args: readonly string[];
  readonly due: readonly Product[];
}

/** Held by the command: a second one waits, and finds all made. */
const LOCK = join(CACHE, "reproduce.lock");

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

/** Runs a step in a process of its own, its output passed on; InputError where it failed. */
async function run({ task, args }: Step): Promise<void> {
  const script = join(import.meta.dirname!, `${task}.ts`);
  const child = new Deno.Command(Deno.execPath(), { args: ["run", "-A", script, ...args] }).spawn();
  const { success } = await endingWithUs(() => child.kill("SIGTERM"), () => child.status);
  if (!success) {
    throw new InputError(
      `The step "${task}" failed; its message stands above. Later steps were not run. ` +
        `Mend it and run "deno task ${task}", or all again.`,
    );
  }
}

/** The products of `all` that are not current, by name; with `force`, all of them. */
async function due(
  all: ReadonlyMap<string, Product>,
  memory: Memory,
  force: boolean,
): Promise<ReadonlyMap<string, Product>> {
  const old = await Promise.all(
    [...all].map(async (entry) => force || !await memory.isCurrent(entry[1]) ? [entry] : []),
  );
  return new Map(old.flat());
}

/** The step of a command that makes all of its product at once. */
async function single(
  task: keyof typeof PRODUCTS,
  makes: string,
  memory: Memory,
  force: boolean,
): Promise<Step> {
  const products = await due(new Map([[task, PRODUCTS[task]]]), memory, force);
  const args = task === "notebooks" && force ? ["--force"] : [];
  return { task, makes, args, due: [...products.values()] };
}

async function figures(memory: Memory, force: boolean): Promise<Step> {
  const old = await due(FIGURES, memory, force);
  const args = old.size === FIGURES.size ? [] : [...old.keys()];
  return {
    task: "figures",
    makes: "figures/: each figure as SVG, PNG and JSON",
    args,
    due: [...old.values()],
  };
}

/** Steps that may run at the same time; each group reads what those before it wrote. */
type Group = (memory: Memory, force: boolean) => Promise<Step[]>;
const GROUPS: readonly Group[] = [
  (memory, force) =>
    Promise.all([
      single(
        "values",
        "paper/values.json: every number that README and paper quote",
        memory,
        force,
      ),
      figures(memory, force),
    ]),
  (memory, force) =>
    Promise.all([
      single("readme", "README.md: from its template, numbers filled in", memory, force),
      single("paper", "paper/paper.pdf: the manuscript", memory, force),
      single(
        "notebooks",
        "notebooks/: executed by the Deno kernel, outputs stored",
        memory,
        force,
      ),
    ]),
  async (memory, force) => [
    await single("site", "site/: explorer, notebooks and data as pages", memory, force),
  ],
];

/** Runs the step where something of it is due; a line on what it took. */
async function make(step: Step, memory: Memory): Promise<string> {
  if (step.due.length === 0) return `current   ${step.makes}`;
  const begun = performance.now();
  await memory.made(step.due, () => run(step));
  return `${seconds(begun).padStart(6)} s  ${step.makes}`;
}

const program = command(
  "reproduce",
  "Makes values, figures, executed notebooks, the paper and the site.",
)
  .option("--force", "make everything, even where nothing has changed")
  .action(({ force = false }: { force?: boolean }) =>
    withLock(LOCK, async () => {
      const start = performance.now(), lines: string[] = [];
      const memory = openMemory(join(CACHE, "made"));
      for (const group of GROUPS) {
        const steps = await group(memory, force);
        const running = steps.filter(({ due }) => due.length > 0).map(({ task }) => task);
        if (running.length > 0) console.log(`\n> ${running.join(", ")}`);
        const outcomes = await Promise.allSettled(steps.map((step) => make(step, memory)));
        for (const outcome of outcomes) {
          if (outcome.status === "rejected") throw outcome.reason;
          lines.push(outcome.value);
        }
      }
      console.log(`\nMade in ${seconds(start)} s:\n${lines.join("\n")}`);
    })
  );

await main(program);
