/** Many points drawn as their density: a heat map of counts on a logarithmic colour scale. */
import type { Tile } from "./binning.ts";
import type { Channel, Layer } from "./figure.ts";
import { boxes } from "./marks.ts";
import { axisTitle } from "./metrics.ts";

/** Within the panel, where no cells lie. */
const PLACE = { orient: "top-left", offset: 4, gradientLength: 84, titlePadding: 3 } as const;

/**
 * The heat map's layer; panels that share `most` share their colours.
 *
 * @param most the largest count that the colour scale covers
 * @param legend whether this panel shows the scale
 */
export function densityLayer(
  tiles: readonly Tile[],
  x: Channel<"x">,
  y: Channel<"y">,
  most: number,
  legend: boolean,
): Layer {
  const decades = [1, 10, 100, 1000].filter((cells) => cells <= most);
  const color: Channel<"color"> = {
    field: "cells",
    type: "quantitative",
    scale: { type: "log", domain: [1, most] },
    title: axisTitle("cells"),
    legend: legend ? { ...PLACE, values: decades, labelOverlap: false } : null,
  };
  // The stroke closes the hairlines that antialiasing would leave between neighbours.
  const stroke = { ...color, legend: null };
  return boxes(tiles, { x, y, color, stroke }, { aria: false, strokeWidth: 0.4 });
}

/** The largest count among several heat maps. */
export function mostCells(...maps: readonly (readonly Tile[])[]): number {
  return Math.max(...maps.flat().map((tile) => tile.cells));
}
