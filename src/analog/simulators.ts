/** The simulator that a config names. */
import type { Backend } from "../backend.ts";
import type { Config } from "../config.ts";
import { arraySimulator, loadArrayKernel } from "./arrays/mod.ts";
import type { Simulator } from "./simulator.ts";
import { loadAnalogKernel, periphery, tileSimulator } from "./tiles/mod.ts";

/** Throws InputError where there is no C++ compiler. */
export async function simulatorOf(backend: Backend, config: Config): Promise<Simulator> {
  const { simulator, digital } = config.hardware;
  if (simulator.kind === "crosssim") {
    return arraySimulator({ backend, kernel: await loadArrayKernel(backend) }, simulator, digital);
  }
  const kernel = await loadAnalogKernel(backend);
  return tileSimulator({ backend, kernel, periphery: periphery(config.hardware) }, config);
}
