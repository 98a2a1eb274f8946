/** Programs that take turns, so that whatever else the machine does falls on all of them alike. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { median } from "simple-statistics";

/** Medians of one program's turns. */
export interface Timing {
  readonly seconds: number;
  /** User and system time of all threads; other load on the machine moves it little. */
  readonly cpu_s: number;
  readonly peakMemory_GiB: number;
}

/**
 * Starts every program, then lets each take one turn after the other: a line on its stdin asks for a turn,
 * a line on its stdout answers with seconds, CPU seconds and peak memory. The first turns are not counted.
 */
export async function alternate<Name extends string>(
  programs: Readonly<Record<Name, readonly string[]>>,
  turns: number,
  warmup = 2,
): Promise<Record<Name, Timing>> {
  const running = (Object.entries(programs) as [Name, string[]][]).map(
    ([name, [program, ...args]]) => {
      const child = new Deno.Command(program, { args, stdin: "piped", stdout: "piped" }).spawn();
      const lines = createInterface({ input: Readable.fromWeb(child.stdout as never) });
      return {
        name,
        child,
        input: child.stdin.getWriter(),
        lines: lines[Symbol.asyncIterator](),
        rows: [] as number[][],
      };
    },
  );
  for (let turn = 0; turn < warmup + turns; turn++) {
    for (const { name, input, lines, rows } of running) {
      await input.write(new TextEncoder().encode("go\n"));
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended before its turn ${turn}`);
      if (turn >= warmup) rows.push(value.split(" ").map(Number));
    }
  }
  const timings = running.map(({ name, rows }) => [name, {
    seconds: median(rows.map((row) => row[0])),
    cpu_s: median(rows.map((row) => row[1])),
    peakMemory_GiB: Math.max(...rows.map((row) => row[2])),
  }]);
  await Promise.all(running.map(async ({ child, input }) => {
    await input.close();
    await child.status;
  }));
  return Object.fromEntries(timings);
}
