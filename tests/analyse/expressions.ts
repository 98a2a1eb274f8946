/** Cells of NAS-Bench-201 that are, or are not, one piece of evidence. */

/** Six cells of five expressions: the first and the fourth compute one function. */
export const OF_FIVE: readonly number[] = [10_076, 10_201, 12_975, 5_115, 14_525, 6_307];
/** Six cells of as many expressions. */
export const OF_SIX = OF_FIVE.with(3, 7_611);
