/** usage: toy_run.ts FOLDER [STEP_MS]: trains the toy stage to its end, printing a line when a step begins. */
import { toyLoop } from "./toy_loop.ts";
import { toyStage } from "./toy_stage.ts";

const pause = () => {
  console.log("step");
  return new Promise((resolve) => setTimeout(resolve, Number(Deno.args[1] ?? 3)));
};

await toyLoop(Deno.args[0], toyStage({ pause }));
