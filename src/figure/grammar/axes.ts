/** Encodings that many figures share: positions, rows and columns of names, time, colours. */
import { timeText } from "../../table/schema.ts";
import type { Channel } from "./figure.ts";
import { axisTitle, CONDITION_SCALE, type QuantityName, timeInWords } from "./metrics.ts";
import { INK } from "./theme.ts";

type More = Readonly<Record<string, unknown>>;
/** Properties of an axis, and its title where it is not the usual one. */
type Axis = More & { readonly title?: string | null };

/**
 * A quantitative position over a fixed domain, titled from the registry, for any column.
 *
 * @param name what the columns hold
 * @param axis further properties of the axis, such as its ticks
 */
export function along(
  name: QuantityName,
  domain: readonly [number, number],
  { title = axisTitle(name), ...axis }: Axis = {},
) {
  return (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { domain: [...domain], nice: false, zero: false },
    title,
    axis: { tickCount: 5, ...axis },
  });
}

/** The same on a logarithmic axis. */
export function logarithmic(...axis: Parameters<typeof along>) {
  const scale = { type: "log" as const, domain: [...axis[1]], nice: false };
  return (field: string) => ({ ...along(...axis)(field), scale });
}

/** A position over the range of the data, which need not hold 0. */
export function free(field: string, title: string, axis: More = {}) {
  return {
    field,
    type: "quantitative" as const,
    scale: { zero: false },
    title,
    axis: { tickCount: 4, ...axis },
  };
}

/** A position already in px, without an axis. */
export function px(field: string) {
  return { field, type: "quantitative" as const, scale: null, axis: null };
}

/** Columns `x` and `y` in px, without axes. */
export const AT_PX = { x: px("x"), y: px("y") };

/**
 * A row or a column for each name, without line and ticks.
 *
 * @param order the names in order; without it as they come in the rows
 * @param axis further properties of the axis
 */
export function names(
  field: string,
  order?: readonly string[],
  { title = null, ...axis }: Axis = {},
) {
  return {
    field,
    type: "nominal" as const,
    title,
    ...(order === undefined ? { sort: null } : { scale: { domain: [...order] } }),
    axis: { labelAngle: 0, domain: false, ticks: false, ...axis },
  };
}

/** A time on a logarithmic axis, `times_s` in words. */
export function timesInWords(
  field: string,
  times_s: readonly number[],
  domain: readonly [number, number],
  axis: Axis = {},
): Channel<"x"> {
  const words = Object.fromEntries(
    times_s.map((time_s) => [time_s, timeInWords(timeText(time_s))]),
  );
  const labelExpr = `${JSON.stringify(words)}[datum.value]`;
  return logarithmic("t_inference_s", domain, { values: [...times_s], labelExpr, ...axis })(field);
}

/** The time since programming, from a minute or less to 30 days or more. */
export function timeAxis(points: readonly { readonly t_inference_s: number }[], axis: Axis = {}) {
  const times_s = [...new Set(points.map(({ t_inference_s }) => t_inference_s))];
  const domain = [Math.min(60, ...times_s) * 0.75, Math.max(2.592e6, ...times_s) / 0.72] as const;
  return timesInWords("t_inference_s", times_s, domain, axis);
}

/**
 * Fixed colours over names: those of the conditions where nothing is said.
 *
 * @param legend where it stands and how; without it there is none
 */
export function coloured(
  field: string,
  scale: { domain: string[]; range: string[] } = CONDITION_SCALE,
  legend: NonNullable<Extract<Channel<"color">, { legend?: unknown }>["legend"]> | null = null,
) {
  const untitled = legend === null ? null : { title: null, ...legend };
  return { field, type: "nominal" as const, scale, legend: untitled };
}

/** Shades of a number, without a legend: from the theme's sequence where the scale has no range. */
export function shaded(
  field: string,
  scale: { domain: number[]; range?: string[]; clamp?: boolean },
) {
  return { field, type: "quantitative" as const, scale, legend: null };
}

/** White on dark ground, where `test` holds; else the ink of all text. */
export function inkOn(test: string): Channel<"color"> {
  return { condition: { test, value: "white" }, value: INK };
}

/** A column that holds colours. */
export function ownColour(field: string) {
  return { field, type: "nominal" as const, scale: null };
}
