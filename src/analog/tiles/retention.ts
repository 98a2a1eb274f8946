import type { Hardware } from "../../config.ts";
import { prng } from "../../random.ts";
import { gaussian } from "../gaussian.ts";
import { compensation, readOut } from "./drift_compensation.ts";
import { periphery } from "./periphery.ts";
import { driftTile, mapWeights, programTile } from "./tile.ts";

/** A tile some time after it was programmed. */
export interface Retained {
  readonly t_inference_s: number;
  /** What restores its mean output; 1 where the hardware does not compensate drift. */
  readonly factor: number;
  /** Root mean square of what is left of the error after that, per cent of the weights. */
  readonly error_pct: number;
}

/** Size of the tile that `retention` looks at. */
const INPUTS = 256, OUTPUTS = 128;

/** One tile of Gaussian weights, programmed once and read at growing times; the same weights for any hardware. */
export function retention(
  hardware: Hardware,
  times_s: readonly number[],
  seed = 0,
): readonly Retained[] {
  const drawn = gaussian(prng(seed, "retention/weights"))(INPUTS * OUTPUTS);
  const { weights: targets } = mapWeights(drawn, OUTPUTS, hardware);
  const normal = gaussian(prng(seed, `retention/${hardware.device}`)), around = periphery(hardware);
  const programmed = programTile(targets, hardware, normal);
  const reference = readOut(programmed.weights, around, normal), signal = norm(targets);
  return times_s.map((t_inference_s) => {
    const weights = driftTile(programmed, t_inference_s, hardware, normal);
    const factor = hardware.driftCompensation === "none"
      ? 1
      : compensation(reference, readOut(weights, around, normal));
    const error = norm(weights.map((w, i) => factor * w - targets[i]));
    return { t_inference_s, factor, error_pct: 100 * error / signal };
  });
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
