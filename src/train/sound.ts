import { InputError } from "../input_error.ts";
import type { State } from "../network/mod.ts";

/**
 * Refuses numbers that no training leaves and that end as a plausible accuracy all the same: what is not
 * finite (a network of one NaN answers the first class), and a variance below 0. Throws InputError naming
 * `path`, the tensor and the first such value.
 */
export function refuseUnsound(state: State, path: string): void {
  for (const [name, values] of Object.entries(state)) {
    const isVariance = name.endsWith(".running_var");
    const at = values.findIndex((v) => !Number.isFinite(v) || (isVariance && v < 0));
    if (at < 0) continue;
    const what = Number.isFinite(values[at]) ? "a variance is not below 0" : "it is not finite";
    throw new InputError(
      `${path}: ${name}[${at}] is ${
        values[at]
      }, and ${what}. The training that wrote it went wrong, or ` +
        `the file is damaged: write it again from a sound network.`,
    );
  }
}
