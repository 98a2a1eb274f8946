/** What a figure is. */
import type { TopLevelSpec } from "vega-lite";
import type { Study } from "../../analyse/mod.ts";
import { heading, tied } from "./heading.ts";

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

/** What a figure says and shows. */
interface Parts {
  /** One sentence that states what the figure shows, with its numbers. */
  readonly finding: string;
  /** Sentences that the reader needs: population, n, bands, intervals. */
  readonly reading: readonly string[];
  /** What is to be seen, for who cannot see it: the kinds of marks and what they stand for, no numbers. */
  readonly alt: string;
  /** The numbers that are drawn, as plain JSON. */
  readonly numbers: Readonly<Record<string, unknown>>;
  readonly view: View;
}

/** A figure: how it is drawn, and what it says. */
export interface Drawn extends Pick<Parts, "alt" | "numbers"> {
  readonly spec: TopLevelSpec;
  readonly title: string;
  readonly subtitle: string;
}

/** The study in, drawing out: pure, so that equal studies give equal bytes. Chance is the study's alone. */
export type Figure = (study: Study) => Drawn;

/** A figure of its parts: the finding as title, its reading below, then the view. */
export function figure({ finding, reading, view, alt, numbers }: Parts): Drawn {
  const title = tied(finding), subtitle = tied(reading.join(" "));
  const spec = { title: heading(title, subtitle), ...view } as TopLevelSpec;
  return { spec, title, subtitle, alt, numbers };
}

/** Views side by side, `spacing` px apart. */
export function beside(spacing: number, ...views: readonly View[]): View {
  return { spacing, hconcat: [...views] };
}

/** Views below each other, `spacing` px apart. */
export function below(spacing: number, ...views: readonly View[]): View {
  return { spacing, vconcat: [...views] };
}

/** Views in rows of `columns`. */
export function grid(
  columns: number,
  spacing: number | { readonly row: number; readonly column: number },
  views: readonly View[],
): View {
  return { columns, spacing, concat: [...views] };
}
