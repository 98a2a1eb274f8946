/** The part of a config that says of which space a network is, and how large it is built. */
import { z } from "zod";

/** The search spaces and their published scales; a space without one says all in a network's text. */
const SPACE_SCALES = {
  /** Source: Dong & Yang 2020, section 2.1. */
  nas_bench_201: { channels: 16, cellsPerStage: 5 },
  resnet: null,
  analognas: null,
  /** A network from a file, which holds its graph. */
  custom: null,
  /** Source: Liu et al. 2019, section 3.3. */
  darts: { channels: 36, cellsPerStage: 6 },
} as const;
/** Id of a search space that a config may name. */
export type ScaledSpace = keyof typeof SPACE_SCALES;

/** A network's space and scale. Without a space it is NAS-Bench-201's, as before there were others. */
type NetworkSettings =
  | { readonly channels: number; readonly cellsPerStage: number }
  | { readonly space: "darts"; readonly channels: number; readonly cellsPerStage: number }
  | { readonly space: "resnet" | "analognas" | "custom" };

const { nas_bench_201, darts } = SPACE_SCALES;

/** Checks a network's settings and fills in its space's scale. */
export const network = z.strictObject({
  space: z.enum(Object.keys(SPACE_SCALES) as [ScaledSpace, ...ScaledSpace[]])
    .default("nas_bench_201")
    .meta({ description: "Search space; which network of it, the command says." }),
  channels: z.int().min(1).optional().meta({
    description: "Channels of the first stage, doubled at each later one.",
    defaultText: `${nas_bench_201.channels}; of darts ${darts.channels}`,
  }),
  cellsPerStage: z.int().min(0).optional().meta({
    description: "Cells in each of the three stages.",
    defaultText: `${nas_bench_201.cellsPerStage}; of darts ${darts.cellsPerStage}`,
  }),
}).transform(({ space, ...given }, context): NetworkSettings => {
  const scale = SPACE_SCALES[space];
  const fault = (name: string, message: string) =>
    context.addIssue({ code: "custom", path: [name], message });
  if (scale === null) {
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) fault(name, `a network of ${space} says its size in its text`);
    }
    return { space: space as "resnet" | "analognas" | "custom" };
  }
  const { channels = scale.channels, cellsPerStage = scale.cellsPerStage } = given;
  if (space === "darts") return { space, channels, cellsPerStage };
  if (cellsPerStage < 1) fault("cellsPerStage", "Too small: expected number to be >=1");
  return { channels, cellsPerStage };
}).prefault({}).meta({
  description: "The network.",
  source: "Dong & Yang 2020, section 2.1; darts: Liu et al. 2019, section 3.3",
});
