/** What cells lose on a memory. */
import { type Interval, mean, meanInterval } from "../../stats/mod.ts";
import { carryInterval } from "../replication/replicated.ts";
import type { AnalogCondition, Memory } from "./memories.ts";
import type { NamedReading } from "./order.ts";

/** The loss of one reading against the digital network on the same images. */
export interface MemoryLoss extends NamedReading {
  readonly condition: AnalogCondition;
  /** Null before programming: converters alone, on the tiles output noise too. */
  readonly t_inference_s: number | null;
  readonly cells: number;
  /** Mean of baseline less accuracy, points; interval clustered by expression. */
  readonly loss: Interval;
  /** SD between programming events, mean over the cells, points. */
  readonly sd_pct: number;
}

/** Losses of every reading; none of a memory of few cells, or whose baseline was not measured on the images. */
export function memoryLosses(memories: readonly Memory[]): readonly MemoryLoss[] {
  return memories.flatMap(({ device, cells, clusters, readings, measured: { baseline } }) =>
    baseline === undefined || !carryInterval(clusters)
      ? []
      : readings.map(({ condition, metric, t_inference_s, accuracy_pct, sd_pct }): MemoryLoss => ({
        ...{ device, metric, condition, t_inference_s, cells: cells.length },
        loss: meanInterval(
          baseline.map((value, k) => value - accuracy_pct[k]),
          clusters,
        ),
        sd_pct: mean(sd_pct),
      }))
  );
}
