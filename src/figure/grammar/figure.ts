/** What a figure is. */
import type { TopLevelSpec } from "vega-lite";
import type { Study } from "../../analyse/mod.ts";

/** A view that can stand alone or be a panel of a larger figure. */
export type View = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];

/** A view with one mark, or several laid over each other. */
export type Layer = Extract<View, { layer: unknown }>["layer"][number];

/** What a layer draws its rows as. */
export type Mark = Exclude<
  Extract<Layer, { mark: unknown }>["mark"],
  string | { readonly type: "boxplot" | "errorbar" | "errorband" }
>;

/** Which columns go to which channels. */
export type Encoding = NonNullable<Extract<Layer, { mark: unknown }>["encoding"]>;

/** The definition of one encoding channel, such as "x" or "color". */
export type Channel<Name extends keyof Encoding> = NonNullable<Encoding[Name]>;

/** A figure: how it is drawn, the numbers that are drawn, as plain JSON, and what it looks like. */
export interface Drawn {
  readonly spec: TopLevelSpec;
  readonly numbers: Readonly<Record<string, unknown>>;
  /** What is to be seen, for who cannot see it: the kinds of marks and what they stand for, no numbers. */
  readonly alt: string;
}

/** The study in, drawing out: pure, so that equal studies give equal bytes. Chance is the study's alone. */
export type Figure = (study: Study) => Drawn;
