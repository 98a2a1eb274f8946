/**
 * Networks from ONNX files: constants and shapes are folded, each other node becomes steps of a plan, and its
 * weights a state. What cannot be read is refused with its node's name; nothing is approximated.
 */
import type { ImageScaling } from "./identity.ts";
import { readOnnxFile } from "./model.ts";
import { type OnnxNetwork, translate } from "./translate.ts";
export type { ImageScaling } from "./identity.ts";
export type { OnnxNetwork, OutputForm } from "./translate.ts";

/**
 * The network in the file at `path`, for images `[batch, 3, 32, 32]` or `[batch, 32, 32, 3]`.
 *
 * @param scaling what the images go through first, as a step of the network
 * @throws InputError for a file that is incomplete or no ONNX file, and with all that cannot be read of it
 */
export async function readOnnx(
  path: string,
  scaling: ImageScaling | null = null,
): Promise<OnnxNetwork> {
  return translate(await readOnnxFile(path), scaling);
}
