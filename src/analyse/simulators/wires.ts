/** What cells lose to the resistance of an array's wires, against the same programming events without it. */
import { type Interval, meanInterval } from "../../stats/mod.ts";
import type { SettingStudy } from "../../table/mod.ts";
import { type Row } from "../../table/schema.ts";
import { EXPRESSIONS } from "../table/features.ts";
import { take } from "../table/outcome.ts";
import { carryInterval } from "../replication/replicated.ts";
import type { AnalogCondition } from "./memories.ts";

/** The loss of one condition to wires of one resistance. */
export interface WireLoss {
  readonly device: string;
  readonly condition: AnalogCondition;
  readonly t_inference_s: number;
  /** Of a wire between neighbouring cells. */
  readonly wire_ohm: number;
  readonly cells: number;
  /** Programming events behind each cell's mean. */
  readonly events: number;
  /** Mean over the cells of accuracy without resistance less accuracy with it, points; clustered by expression. */
  readonly loss: Interval;
}

const SETTING = "wire_ohm";

/**
 * Losses by device and condition, ascending in resistance, over the cells that were read with this resistance and without; none
 * where these are too few for an interval.
 */
export function wireLosses({ rows, settings }: SettingStudy): readonly WireLoss[] {
  const ohmOf = new Map(
    settings.filter(({ setting }) => setting === SETTING)
      .map(({ config_id, value }) => [config_id, Number(value)]),
  );
  const read = rows.filter(({ t_inference_s, cell_index, config_id }) =>
    t_inference_s !== null && cell_index !== null && ohmOf.has(config_id)
  );
  const ohm = ({ config_id }: Row) => ohmOf.get(config_id)!;
  return [...Map.groupBy(read, ({ device, metric }) => `${device} ${metric}`).values()].flatMap(
    (reading) => {
      const bare = new Map(
        reading.filter((row) => ohm(row) === 0)
          .map((row) => [row.cell_index!, row.accuracy_pct]),
      );
      const resistances = [...new Set(reading.map(ohm))].filter((r) => r > 0).sort((a, b) => a - b);
      return resistances.flatMap((wire_ohm): WireLoss[] => {
        const pairs = reading.filter((row) => ohm(row) === wire_ohm && bare.has(row.cell_index!));
        const clusters = take(EXPRESSIONS, pairs.map(({ cell_index }) => cell_index!));
        if (!carryInterval(clusters)) return [];
        const [{ condition, t_inference_s, device, repeats }] = pairs;
        return [{
          ...{ device: device!, condition: condition as AnalogCondition },
          ...{ t_inference_s: t_inference_s!, wire_ohm, cells: pairs.length, events: repeats },
          loss: meanInterval(
            pairs.map(({ cell_index, accuracy_pct }) => bare.get(cell_index!)! - accuracy_pct),
            clusters,
          ),
        }];
      });
    },
  );
}
