/** Which network: a search space and the network's text in it. */

/** A search space, or `custom` for a network that was read from a file. */
export type SpaceId = "nas_bench_201" | "resnet" | "analognas" | "darts" | "custom";

/** A network's identity: what rows, weight files and checkpoints carry. */
export interface Architecture {
  readonly space: SpaceId;
  /** Canonical text in its space; a NAS-Bench-201 cell has its NAS-Bench-201 string. */
  readonly text: string;
}
