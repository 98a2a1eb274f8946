import { type Cell, checkedCell } from "./cell.ts";
import { type Operation, OPERATIONS } from "./operation.ts";

/** The 24 cells that differ from `cell` in the operation of one edge, by edge, then by operation. */
export function neighbours(cell: Cell): Cell[] {
  return checkedCell(cell).flatMap((own, edge) =>
    OPERATIONS.flatMap((_, operation) =>
      operation === own ? [] : [cell.with(edge, operation as Operation) as unknown as Cell]
    )
  );
}
