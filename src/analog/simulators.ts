/** The simulator that a config names. */
import type { Backend } from "../backend.ts";
import type { Config } from "../config.ts";
import type { NetworkPlan } from "../network/mod.ts";
import { arraySimulator, assertWires, loadArrayKernel } from "./arrays/mod.ts";
import { analogShapes } from "./digital_layers.ts";
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

/**
 * Refuses what `Simulator.map` would, before anything is trained: names of no layer, and wires on arrays of the network
 * that are too large to solve. Throws InputError.
 */
export function assertMappable(plan: NetworkPlan, { hardware }: Config): void {
  const { digital, depthwise, simulator } = hardware;
  const shapes = analogShapes(plan, digital, depthwise);
  if (simulator.kind === "crosssim") assertWires(shapes, simulator);
}
