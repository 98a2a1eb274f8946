/**
 * A step of hardware-aware training at batch 64 against a digital step here (at most 2 times) and against
 * AIHWKit 1.1.0's (at least 12 times as fast).
 *
 * Usage: deno task bench hwt_step
 */
import { againstAihwkit, report } from "./speed/against_aihwkit.ts";
import { judge } from "./speed/against_pytorch.ts";

const turns = Number(Deno.args[0] ?? 5);
const times = await againstAihwkit(["digital_step", "hwt_step"], "hwt_step", 64, turns);
judge("times AIHWKit", report("times_aihwkit", times.aihwkit, times.hwt_step), 12, "at least");
judge(
  "times digital step",
  report("times_digital", times.hwt_step, times.digital_step),
  2,
  "at most",
);
