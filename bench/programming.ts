/**
 * Programming all tiles and reading them after drift, with drift compensation, against AIHWKit 1.1.0: at
 * least its speed for both together.
 *
 * Usage: deno task bench programming
 */
import { againstAihwkit, report } from "./speed/against_aihwkit.ts";
import { judge } from "./speed/against_pytorch.ts";

const turns = Number(Deno.args[0] ?? 15);
const programs = await againstAihwkit(["program"], "program", 1, turns);
const drifts = await againstAihwkit(["drift"], "drift", 1, turns);
const both = (a: typeof programs.aihwkit, b: typeof a) => ({
  seconds: a.seconds + b.seconds,
  cpu_s: a.cpu_s + b.cpu_s,
  peakMemory_GiB: 0,
});
const ratio = report(
  "times_aihwkit",
  both(programs.aihwkit, drifts.aihwkit),
  both(programs.program, drifts.drift),
);
judge("times AIHWKit", ratio, 1, "at least");
