/** usage: toy_run.ts FOLDER: trains the toy stage to its end; to be killed by the test. */
import { toyLoop } from "./toy_loop.ts";
import { toyStage } from "./toy_stage.ts";

await toyLoop(Deno.args[0], toyStage({ pause_ms: 3 }));
