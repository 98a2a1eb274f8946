/**
 * The look of all figures. Lengths are CSS px, 96 to the inch: a full-width figure of 680 px is 180 mm
 * wide in print, and 10 px text is 7.5 pt.
 *
 * Colours are safe for the common kinds of colour blindness and fixed: conditions take Okabe and Ito's
 * palette (2008), operations Paul Tol's muted scheme, so that neither can be taken for the other.
 */
import type { Config, TopLevelSpec } from "vega-lite";
import { FONT_FAMILY } from "./fonts.ts";

/** Width of a whole figure across the page (180 mm), in px. */
const PAGE_WIDTH = 680;

/** Space around a figure, in px. */
const PADDING = 6;
/** What it leaves of the page's width, in px. */
export const CONTENT_WIDTH = PAGE_WIDTH - 2 * PADDING;

/** Text and axes; and what explains them. */
export const INK = "#222222";
export const MUTED = "#666666";
/** For the one thing that a figure points at. */
export const ACCENT = "#D55E00";

/** Shares and counts, light to dark: sequential, perceptually ordered, legible in grey. */
export const SEQUENTIAL = [
  "#F4F7FB",
  "#D3E3F1",
  "#A5CAE3",
  "#6BAAD1",
  "#3D85BB",
  "#1E5F9E",
  "#0E3D75",
  "#071F45",
];

/** Effects of either sign around a neutral middle: Okabe-Ito vermillion to blue. */
export const DIVERGING = [
  "#8C2D04",
  "#D55E00",
  "#EFA36C",
  "#FBE0CC",
  "#F7F7F7",
  "#CFE3F0",
  "#74AED6",
  "#0072B2",
  "#08406B",
];

/** Vega-Lite configuration shared by figures, notebooks and the paper. */
export const THEME: Config = {
  background: "white",
  font: FONT_FAMILY,
  padding: PADDING,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    align: "left",
    color: INK,
    fontSize: 13,
    fontWeight: 600,
    lineHeight: 16,
    subtitleColor: MUTED,
    subtitleFontSize: 10.5,
    subtitleLineHeight: 13.5,
    subtitlePadding: 4,
    offset: 10,
  },
  axis: {
    domainColor: INK,
    domainWidth: 0.8,
    tickColor: INK,
    tickWidth: 0.8,
    tickSize: 4,
    labelColor: INK,
    labelFontSize: 10,
    labelFlush: false,
    labelPadding: 3,
    titleColor: INK,
    titleFontSize: 10.5,
    titleFontWeight: 400,
    titlePadding: 6,
    gridColor: "#EBEBEB",
    gridWidth: 0.8,
    grid: false,
  },
  header: {
    labelColor: INK,
    labelFontSize: 10.5,
    labelFontWeight: 600,
    labelPadding: 4,
    titleColor: INK,
    titleFontSize: 10.5,
    titleFontWeight: 400,
  },
  legend: {
    labelColor: INK,
    labelFontSize: 10,
    titleColor: INK,
    titleFontSize: 10,
    titleFontWeight: 400,
    symbolStrokeWidth: 1.5,
    gradientThickness: 9,
  },
  text: { color: INK, fontSize: 10 },
  line: { strokeWidth: 1.6 },
  rule: { color: INK, strokeWidth: 0.8 },
  point: { filled: true, opacity: 1 },
  range: { ramp: SEQUENTIAL, heatmap: SEQUENTIAL, diverging: DIVERGING },
};

/**
 * The title of one panel of a figure: its letter and what it shows.
 *
 * @param offset px above the plot; 13 aligns a panel without a vertical axis to its neighbours
 */
export function panelTitle(letter: string, text: string, offset = 8) {
  return {
    text: `${letter}\u2002${text}`,
    fontSize: 11,
    lineHeight: 14,
    frame: "group" as const,
    offset,
  };
}

/** `spec` in the project's look, as a complete Vega-Lite v5 document; its own settings win. */
export function themed(spec: TopLevelSpec): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    ...spec,
    config: { ...THEME, ...spec.config },
  };
}
