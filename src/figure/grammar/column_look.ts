/** The look of a figure in one column of a journal, 85 mm. */
import { THEME } from "./theme.ts";

/** Width of a figure in one column (85 mm), in px; and what the padding leaves of it. */
export const COLUMN_WIDTH = 321;
export const COLUMN_CONTENT = COLUMN_WIDTH - 2 * 6;

/** Text in a column, px: 8 px are 6 pt. */
export const SIZES = { title: 11, subtitle: 8.5, panelTitle: 10, label: 8.5 } as const;
/** Between panels, px. */
export const COLUMN_GAP = 10;

/** The theme with smaller text. */
export const COLUMN_CONFIG = {
  ...THEME,
  title: {
    ...THEME.title,
    ...{
      fontSize: SIZES.title,
      lineHeight: 13.5,
      subtitleFontSize: SIZES.subtitle,
      subtitleLineHeight: 11,
    },
  },
  axis: {
    ...THEME.axis,
    labelFontSize: SIZES.label,
    titleFontSize: SIZES.label,
    titlePadding: 4,
    labelLimit: 120,
  },
  header: { ...THEME.header, labelFontSize: SIZES.label, titleFontSize: SIZES.label },
  legend: { ...THEME.legend, labelFontSize: SIZES.label, titleFontSize: SIZES.label },
  text: { ...THEME.text, fontSize: SIZES.label },
} as const;
