import { shown, wholeNumber } from "../arguments.ts";
import { InputError } from "../input_error.ts";
import { allCells, type Cell, CELL_COUNT, checkedCell } from "../space/mod.ts";
import type { Metric } from "../table/schema.ts";
import { MACS, queryCost_s } from "./cost.ts";
import type { Objective } from "./search.ts";

/** Accuracies by cell_index [15625], per cent. */
export type Accuracies = Float64Array;

/** cell_index without the general reduce: this stands in the innermost loop. */
function indexOf(c: Cell): number {
  const index = ((((c[0] * 5 + c[1]) * 5 + c[2]) * 5 + c[3]) * 5 + c[4]) * 5 + c[5];
  // Only the cell itself is its own entry: an operation 7, or 2.5, would be read as another cell's.
  const at = CELLS[index];
  for (let e = 0; e < 6; e++) if (at?.[e] !== c[e]) throw noCell(c);
  return index;
}

const CELLS = allCells();

function noCell(c: Cell): unknown {
  checkedCell(c);
  return new InputError(`${shown(c)} is no cell.`);
}

/**
 * An objective that answers from a table.
 *
 * @param tables the accuracies that the search may see: those of `metric` and of its proxies, the
 *   cheapest proxy first. What is not in here cannot be asked.
 * @param budget number of queries; the next one throws InputError
 */
export function tableObjective(
  metric: Metric,
  tables: ReadonlyMap<Metric, Accuracies>,
  budget: number,
): Objective {
  wholeNumber("A budget", budget);
  if (!tables.has(metric)) {
    throw new InputError(
      `No accuracies given for ${shown(metric)}; there are of ${[...tables.keys()].join(", ")}.`,
    );
  }
  const proxies = [...tables.keys()].filter((name) => name !== metric);
  const visible = [...proxies, metric];
  const columns = new Map([...tables].map(([name, accuracies]) => {
    if (accuracies.length !== CELL_COUNT) {
      throw new InputError(`${name} has ${accuracies.length} accuracies, not ${CELL_COUNT}.`);
    }
    return [name, {
      accuracies,
      place: visible.indexOf(name),
      cost_s: queryCost_s(1, name),
      asked: new Uint8Array(CELL_COUNT),
    }];
  }));
  const target = columns.get(metric)!;
  const column = (name: Metric | undefined) => {
    if (name === undefined || name === metric) return target;
    const found = columns.get(name);
    if (found === undefined) {
      const may = [...columns.keys()].join(", ");
      throw new InputError(`The search may not see ${shown(name)}, only ${may}.`);
    }
    return found;
  };

  const cells = new Uint16Array(budget), metrics = new Uint8Array(budget);
  const accuracies_pct = new Float64Array(budget), cost_s = new Float64Array(budget);
  let count = 0, spent_s = 0;
  return {
    metric,
    proxies,
    get remaining() {
      return budget - count;
    },
    query(cell, name) {
      const { accuracies, place, cost_s: perMac_s, asked } = column(name);
      if (count === budget) throw new InputError(`The budget of ${budget} queries is spent.`);
      const index = indexOf(cell), accuracy = accuracies[index];
      spent_s += MACS[index] * perMac_s;
      cells[count] = index;
      metrics[count] = place;
      accuracies_pct[count] = accuracy;
      cost_s[count] = spent_s;
      asked[index] = 1;
      count++;
      return accuracy;
    },
    measured(cell, name) {
      const { accuracies, asked } = column(name);
      const index = indexOf(cell);
      return asked[index] === 1 ? accuracies[index] : undefined;
    },
    history: () => ({
      visible,
      cells: cells.slice(0, count),
      metrics: metrics.slice(0, count),
      accuracies_pct: accuracies_pct.slice(0, count),
      cost_s: cost_s.slice(0, count),
    }),
  };
}
