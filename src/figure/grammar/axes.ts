/** Encodings that many figures share. */
import { axisTitle, type QuantityName } from "./metrics.ts";

/**
 * A quantitative position over a fixed domain, titled from the registry.
 *
 * @param field column drawn
 * @param name what the column holds
 * @param axis further properties of the axis, such as its ticks
 */
export function position(
  field: string,
  name: QuantityName,
  domain: readonly [number, number],
  axis: Record<string, unknown> = {},
) {
  return {
    field,
    type: "quantitative" as const,
    scale: { domain: [...domain], nice: false, zero: false },
    title: axisTitle(name),
    axis: { tickCount: 5, ...axis },
  };
}

/** A position already in px, without an axis. */
export function px(field: string) {
  return { field, type: "quantitative" as const, scale: null, axis: null };
}
