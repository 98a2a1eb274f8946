/** Options that commands on experiments share: the config, the cell, the images. */
import type { Command } from "commander";
import { type Config, type PartialConfig, readPartialConfig, resolveConfig } from "../config.ts";

/** What `withExperimentOptions` parses. Numbers stay texts: the config checks them. */
export interface ExperimentOptions {
  readonly config?: string;
  readonly protocol?: string;
  readonly channels?: string;
  readonly cellsPerStage?: string;
  readonly epochs?: string;
  readonly batchSize?: string;
  readonly learningRate?: string;
}

/** Adds the options that make a config: a file, and single settings that outrank it. */
export function withExperimentOptions(command: Command): Command {
  return command
    .option("--config <file>", "JSON file with any part of a config; the options below outrank it")
    .option("--protocol <name>", "as_published or corrected (default: corrected)")
    .option("--channels <C>", "channels of the first stage (default: 16)")
    .option("--cells-per-stage <N>", "cells in each of the three stages (default: 5)")
    .option("--epochs <n>", "passes over the training images (default: 200)")
    .option("--batch-size <n>", "images a step (default: 256)")
    .option("--learning-rate <rate>", "of the first epoch (default: 0.1)");
}

/**
 * The config that the options ask for.
 *
 * @param more settings of the command's own, outranking all
 * Throws InputError naming each wrong setting.
 */
export async function configFrom(
  options: ExperimentOptions,
  more: PartialConfig = {},
): Promise<Config> {
  const partial = options.config === undefined ? {} : await readPartialConfig(options.config);
  const { protocol, channels, cellsPerStage, epochs, batchSize, learningRate } = options;
  return resolveConfig({
    ...partial,
    ...given({ protocol }) as Pick<PartialConfig, "protocol">,
    network: { ...partial.network, ...given({ channels, cellsPerStage }, Number), ...more.network },
    training: { ...partial.training, ...given({ epochs, batchSize, learningRate }, Number) },
    ptq: { ...partial.ptq, ...more.ptq },
    qat: { ...partial.qat, ...more.qat },
    hwt: { ...partial.hwt, ...more.hwt },
    measurement: { ...partial.measurement, ...more.measurement },
  });
}

/** The entries that are given, each converted. */
export function given<T>(
  options: Record<string, string | undefined>,
  convert: (text: string) => T = (text) => text as T,
): Record<string, T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, convert(value!)]));
}

/** How long a trial with --smoke is: images of each split, and epochs. */
export const SMOKE = { images: 1_024, epochs: 2 } as const;
