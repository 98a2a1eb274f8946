/** The images that a file asks for. */
import { basename } from "node:path";
import { InputError } from "../../input_error.ts";
import { IMAGES, type ImageShape } from "../plan.ts";
import type { OnnxFile } from "./model.ts";
import type { Computed } from "./value.ts";

/**
 * The images as the file's input. A free size counts as ours. Throws InputError where another is asked for.
 *
 * @param given size of the images
 */
export function inputOf(
  { input, path }: OnnxFile,
  { height: ours, width, channels }: ImageShape,
): Computed {
  const type = input.type?.value;
  const sizes = type?.case === "tensorType"
    ? type.value.shape?.dim.map(({ value }) => value.case === "dimValue" ? Number(value.value) : 0)
    : undefined;
  if (sizes?.length !== 4) {
    throw new InputError(
      `${basename(path)}: its input "${input.name}" has ${sizes?.length ?? "no"} axes; images ` +
        `[batch, ${channels}, ${ours}, ${width}] are given here. Export it with such an input.`,
    );
  }
  const fits = (wanted: readonly number[]) =>
    wanted.every((size, d) => sizes[d + 1] === size || sizes[d + 1] <= 0);
  const first = [channels, ours, width], last = [ours, width, channels];
  if (fits(first)) {
    return { step: IMAGES, shape: [1, ...first], channelsLast: false, isFlat: false };
  }
  if (fits(last)) return { step: IMAGES, shape: [1, ...last], channelsLast: true, isFlat: false };
  const isLast = sizes[3] === 1 || sizes[3] === 3;
  const [wantedChannels, wantedHeight, wantedWidth] = isLast
    ? [sizes[3], sizes[1], sizes[2]]
    : sizes.slice(1);
  throw new InputError(
    `${
      basename(path)
    }: its input "${input.name}" takes images of ${wantedHeight}x${wantedWidth} with ` +
      `${wantedChannels} channels; here they have ${ours}x${width} with ${channels}. ` +
      `Train and export the network for that size, or say ` +
      `--input-size ${wantedHeight}x${wantedWidth}x${wantedChannels} and give such images with --data.`,
  );
}
