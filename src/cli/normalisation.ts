/** Options that say on which images a network of the user's own was trained. */
import type { Command } from "commander";
import { CIFAR10_SIZE, type ImageSize, normalisationOf } from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import type { ImageScaling } from "../network/mod.ts";
import { decimal } from "./numbers.ts";

/** What `withNormalisation` parses: numbers of each colour, or one for all. */
export interface NormalisationOptions {
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly inputScale?: number;
  readonly inputSize?: ImageSize;
}

/** Adds `--mean`, `--std`, `--input-scale` and `--input-size`. */
export function withNormalisation(command: Command): Command {
  return command
    .option(
      "--mean <list>",
      "what training subtracted from each colour, e.g. 0.5,0.5,0.5; one number stands for all",
      colours("--mean"),
    )
    .option("--std <list>", "what it divided each colour by then", colours("--std", 1e-6))
    .option(
      "--input-scale <n>",
      "white, before --mean is subtracted: 1 or 255 (default: 1)",
      decimal("--input-scale", 1e-6),
    )
    .option(
      "--input-size <size>",
      "height x width x colours of its images, e.g. 28x28x1 (default: 32x32x3)",
      imageSize,
    );
}

function imageSize(text: string): ImageSize | undefined {
  const [, height, width, channels] = /^(\d+)x(\d+)x(\d+)$/.exec(text.trim())?.map(Number) ?? [];
  if (height > 0 && width > 0 && channels > 0) {
    const size = { height, width, channels };
    return JSON.stringify(size) === JSON.stringify(CIFAR10_SIZE) ? undefined : size;
  }
  throw new InputError(`--input-size wants height x width x colours, e.g. 28x28x1, not "${text}".`);
}

function colours(option: string, least = 0) {
  return (text: string): number[] => {
    const values = text.split(",").map((part) => decimal(option, least)(part.trim()));
    return values;
  };
}

/**
 * From the images that commands give a network to those that the options describe; null where there are no
 * options. Given are images `(p - m) / s` of pixels p from 0 to 1 (`normalisationOf`), wanted are
 * `(p x inputScale - mean) / std`.
 *
 * Throws InputError for a mean that lies beyond white, and for another number of them than of colours.
 */
export function scalingOf(
  { mean, std, inputScale, inputSize }: NormalisationOptions,
): ImageScaling | null {
  if (mean === undefined && std === undefined && inputScale === undefined) return null;
  const { channels } = inputSize ?? CIFAR10_SIZE, given = normalisationOf(channels);
  for (const [option, values] of Object.entries({ mean, std })) {
    if (values === undefined || values.length === 1 || values.length === channels) continue;
    throw new InputError(
      `--${option} wants one number, or one for each of ${channels} colours, not ${values.length}.`,
    );
  }
  const white = inputScale ?? 1;
  const of = (values: readonly number[] | undefined, otherwise: number, c: number) =>
    values === undefined ? otherwise : values.length === 1 ? values[0] : values[c];
  const beyond = mean?.find((m) => m > white);
  if (beyond !== undefined) {
    throw new InputError(
      `--mean ${beyond} is brighter than white, which is ${white}. ` +
        (white === 1 ? "For images from 0 to 255 add --input-scale 255." : "Check both."),
    );
  }
  return {
    scale: given.sd.map((sd, c) => sd * white / of(std, 1, c)),
    offset: given.mean.map((m, c) => (m * white - of(mean, 0, c)) / of(std, 1, c)),
  };
}
