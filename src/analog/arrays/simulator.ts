/** CrossSim's arrays as a simulator. */
import { type ArraySettings, arrayTimeFault } from "../../config.ts";
import { InputError } from "../../input_error.ts";
import { logitsOf } from "../logits.ts";
import type { Readout, Simulator } from "../simulator.ts";
import { arrayEvaluation } from "./evaluate.ts";
import type { ArrayMachine } from "./layer.ts";
import {
  networkOnArrays,
  type NetworkReading,
  programNetwork,
  readNetwork,
  readWithoutErrors,
} from "./network.ts";
import { physicsOf } from "./settings.ts";

const SECONDS_A_DAY = 86_400;

/**
 * Arrays as the settings say. What a network learnt on tiles, its input ranges, is not used: ranges are found
 * from training images. Every read of one event finds the same deviates: a device stays above or below its
 * mean, and only its drift and its reads' own noise tell two times apart.
 */
export function arraySimulator(
  machine: ArrayMachine,
  settings: ArraySettings,
  digital: readonly string[] = [],
): Simulator {
  const physics = physicsOf(settings);
  return {
    map({ plan, state }, images) {
      const network = networkOnArrays(
        machine,
        plan,
        state,
        settings,
        images.ofTraining(),
        digital,
      );
      const readout = (reading: () => NetworkReading): Readout => ({
        logits: (seed, label) =>
          logitsOf(
            machine.backend,
            plan,
            arrayEvaluation(machine, network, reading()),
            seed,
            label,
          ),
      });
      return {
        ...readout(() => readWithoutErrors(machine, network)),
        program(seed) {
          const event = programNetwork(network, seed);
          return {
            read(t_inference_s) {
              const fault = arrayTimeFault(settings.device, t_inference_s);
              if (fault !== null || !(t_inference_s >= 0)) {
                throw new InputError(
                  `The inference time is ${t_inference_s} s: ` +
                    `${fault ?? "give seconds after programming, 0 or more"}.`,
                );
              }
              const t_days = t_inference_s / SECONDS_A_DAY;
              return readout(() => readNetwork(machine, network, event, physics, t_days));
            },
          };
        },
      };
    },
  };
}
