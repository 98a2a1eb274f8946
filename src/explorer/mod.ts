/**
 * The explorer: a page to look a cell up, compare cells and walk the space. Its data stand in the page
 * (`pack.ts`), its state in the address (`address.ts`); what is shown is text made by pure functions of both,
 * and `main.ts` alone touches the document. Runs in a browser: nothing here may reach Polars or node.
 */
export { addressOf, MOST_COMPARED, parseAddress, type Place } from "./address.ts";
export { type Column, columnsOf } from "./columns.ts";
export { type Bound, csvOf, select } from "./selection.ts";
export {
  type ExplorerData,
  noiseAt,
  type NoisyDifference,
  openPack,
  type RankRange,
  rankRange,
  withNoise,
} from "./data.ts";
export { type Measurement, openMeasurements, packMeasurements } from "./measurement.ts";
export { type SearchCurve, type SearchPack } from "./searches.ts";
export { decimals, escaped, table } from "./html.ts";
export {
  type ColumnName,
  decodeColumns,
  encodeColumns,
  type Mark,
  type NoiseLevels,
  type Pack,
} from "./pack.ts";
