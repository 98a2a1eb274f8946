/**
 * The search space: the 15,625 cells of NAS-Bench-201, their notations, isomorphism, shape, size and
 * sampling. Knows no other room: a cell is six numbers here, never a network.
 */
export {
  allCells,
  type Cell,
  CELL_COUNT,
  cellAt,
  cellIndex,
  cellText,
  checkedCell,
  EDGES,
  indexStep,
  isCell,
  withOperation,
} from "./nas_bench_201/cell.ts";
export {
  AVG_POOL,
  CONV_1X1,
  CONV_3X3,
  NONE,
  type Operation,
  type OperationName,
  operationOf,
  OPERATIONS,
  SKIP,
} from "./nas_bench_201/operation.ts";
export type { Architecture, SpaceId } from "./architecture.ts";
export { cellAtNasBench201Index, nasBench201Index } from "./nas_bench_201/api_index.ts";
export { archStr, parseCell } from "./nas_bench_201/arch_str.ts";
export {
  canonicalText,
  cellArchitecture,
  cellIndexOf,
  parseArchitecture,
  spaceOf,
  SPACES,
} from "./spaces.ts";
export type { SearchSpace, Shape } from "./search_space.ts";
export {
  type AnalogNas,
  analogNasText,
  canonicalAnalogNas,
  type Group,
  parseAnalogNas,
  widthsOf,
} from "./analognas/text.ts";
export { type AnalogNasRanges, sampleAnalogNas } from "./analognas/space.ts";
export {
  canonicalDarts,
  type Darts,
  DARTS_OPERATIONS,
  type DartsCell,
  type DartsEdge,
  type DartsOperation,
  dartsText,
  parseDarts,
} from "./darts/text.ts";
export { parseResNet, type ResNet, resNetText, type Shortcut } from "./resnet/text.ts";
export { folderName, identified, identityOf, type StatedIdentity } from "./identity.ts";
export {
  canonicalString,
  type Collapse,
  isomorphicCells,
  isomorphismClasses,
} from "./nas_bench_201/canonical.ts";
export {
  type CellFunction,
  expressionClasses,
  functionClasses,
  sameExpression,
  sameFunction,
} from "./nas_bench_201/same_function.ts";
export {
  depth,
  inDegrees,
  isConnected,
  liveEdges,
  operationCount,
  outDegrees,
  pathCount,
  paths,
  width,
} from "./nas_bench_201/shape.ts";
export { inputGain, linearPaths, skipPaths } from "./nas_bench_201/linear_paths.ts";
export {
  type ChipCounts,
  type LayerCounts,
  matrixCounts,
  NO_COUNTS,
  sumCounts,
} from "./chip_counts.ts";
export { chipCounts, chipCountsIn } from "./nas_bench_201/chip_counts.ts";
export { neighbours } from "./nas_bench_201/neighbours.ts";
export { sampleStratified, sampleUniform } from "./nas_bench_201/sample.ts";
export {
  type Complexity,
  complexity,
  complexityIn,
  CROSSBAR_SIZE,
  type MacroSkeleton,
  PUBLISHED_SKELETON,
  tileSplit,
} from "./nas_bench_201/complexity.ts";
