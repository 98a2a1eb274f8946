/** Options that say on which images a network of the user's own was trained. */
import type { Command } from "commander";
import { CHANNEL_MEAN, CHANNEL_SD } from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import type { ImageScaling } from "../network/mod.ts";
import { decimal } from "./numbers.ts";

/** What `withNormalisation` parses: numbers of each colour, or one for all. */
export interface NormalisationOptions {
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly inputScale?: number;
}

/** Adds `--mean`, `--std` and `--input-scale`. */
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
    );
}

function colours(option: string, least = 0) {
  return (text: string): number[] => {
    const values = text.split(",").map((part) => decimal(option, least)(part.trim()));
    if (values.length === 1 || values.length === CHANNEL_MEAN.length) return values;
    throw new InputError(
      `${option} wants one number, or one for each of red, green and blue, not ${values.length}.`,
    );
  };
}

/**
 * From the images that commands give a network to those that the options describe; null where there are no
 * options. Given are images `(p - CHANNEL_MEAN) / CHANNEL_SD` of pixels p from 0 to 1, wanted are
 * `(p x inputScale - mean) / std`.
 *
 * Throws InputError for a mean that lies beyond white.
 */
export function scalingOf({ mean, std, inputScale }: NormalisationOptions): ImageScaling | null {
  if (mean === undefined && std === undefined && inputScale === undefined) return null;
  const white = inputScale ?? 1, all = CHANNEL_MEAN.map((_, c) => c);
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
    scale: all.map((c) => CHANNEL_SD[c] * white / of(std, 1, c)),
    offset: all.map((c) => (CHANNEL_MEAN[c] * white - of(mean, 0, c)) / of(std, 1, c)),
  };
}
