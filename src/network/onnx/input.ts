/** The images that a file asks for. */
import { basename } from "node:path";
import { InputError } from "../../input_error.ts";
import { IMAGES } from "../plan.ts";
import type { OnnxFile } from "./model.ts";
import type { Computed } from "./value.ts";

/** Height, width and channels of the images here. */
const PIXELS = 32, CHANNELS = 3;

/** The images as the file's input. A free size counts as ours. Throws InputError where another is asked for. */
export function inputOf({ input, path }: OnnxFile): Computed {
  const type = input.type?.value;
  const sizes = type?.case === "tensorType"
    ? type.value.shape?.dim.map(({ value }) => value.case === "dimValue" ? Number(value.value) : 0)
    : undefined;
  if (sizes?.length !== 4) {
    throw new InputError(
      `${basename(path)}: its input "${input.name}" has ${sizes?.length ?? "no"} axes; images ` +
        `[batch, ${CHANNELS}, ${PIXELS}, ${PIXELS}] are given here. Export it with such an input.`,
    );
  }
  const fits = (wanted: readonly number[]) =>
    wanted.every((size, d) => sizes[d + 1] === size || sizes[d + 1] <= 0);
  const first = [CHANNELS, PIXELS, PIXELS], last = [PIXELS, PIXELS, CHANNELS];
  if (fits(first)) {
    return { step: IMAGES, shape: [1, ...first], channelsLast: false, isFlat: false };
  }
  if (fits(last)) return { step: IMAGES, shape: [1, ...last], channelsLast: true, isFlat: false };
  const [, channels, height, width] = sizes;
  throw new InputError(
    `${
      basename(path)
    }: its input "${input.name}" takes images of ${height}x${width} with ${channels} ` +
      `channels; here they have ${PIXELS}x${PIXELS} with ${CHANNELS}. ` +
      `Train and export the network for that size.`,
  );
}
