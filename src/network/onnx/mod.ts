/**
 * Networks from ONNX files: constants and shapes are folded, each other node becomes steps of a plan, and its
 * weights a state. What cannot be read is refused with its node's name; nothing is approximated.
 */
import { readOnnxFile } from "./model.ts";
import { type GivenImages, type OnnxNetwork, translate } from "./translate.ts";
export type { ImageScaling } from "./identity.ts";
export type { GivenImages, OnnxNetwork, OutputForm } from "./translate.ts";

/**
 * The network in the file at `path`, for images `[batch, channels, height, width]` or `[batch, height, width,
 * channels]`.
 *
 * @throws InputError for a file that is incomplete or no ONNX file, and with all that cannot be read of it
 */
export async function readOnnx(path: string, given: GivenImages = {}): Promise<OnnxNetwork> {
  return translate(await readOnnxFile(path), given);
}
