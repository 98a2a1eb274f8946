/** What a figure is. */
import type { TopLevelSpec } from "vega-lite";
import type { Benchmark } from "../table/mod.ts";

/** Where figures take their rows from; a figure that needs another source adds its field here. */
export interface Sources {
  readonly published: Benchmark;
}

/** A view that can stand alone or be a panel of a larger figure. */
export type View = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];

/** A figure: how it is drawn, and the numbers that are drawn, as plain JSON. */
export interface Drawn {
  readonly spec: TopLevelSpec;
  readonly numbers: Readonly<Record<string, unknown>>;
}

/** Rows in, drawing out: pure, so that equal rows give equal bytes. */
export type Figure = (sources: Sources) => Drawn;
