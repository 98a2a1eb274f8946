/** Numbers of the cells on other simulators and memories. */
import { mean } from "../../stats/mod.ts";
import type { Study } from "../study.ts";
import { widthShare } from "../simulators/event_widths.ts";
import { type OrderPair, singleEventTaus } from "../simulators/order.ts";
import { type Entry, withInterval } from "./entry.ts";

/** All numbers of the memories; none where none is measured. */
export function simulatorValues(study: Study): readonly Entry[] {
  const { memories, memoryClaims, memoryLosses, readingAgreements, eventWidths, wireLosses } =
    study;
  const agreed = (key: string, pair: OrderPair | null): Entry[] =>
    pair === null ? [] : [...withInterval(key, pair.tau), [`${key}.ceiling`, pair.ceiling]];
  return [
    ...memories.flatMap(({ device, cells, readings }): Entry[] => [
      [`simulators.${device}.cells`, cells.length],
      ...readings.flatMap(({ metric, accuracy_pct, sd_pct, t_inference_s, events }): Entry[] => {
        const key = `simulators.${device}.${metric}`;
        if (t_inference_s === null) return [[key, mean(accuracy_pct)]];
        return [[key, mean(accuracy_pct)], [`${key}.sd`, mean(sd_pct)], [`${key}.events`, events]];
      }),
    ]),
    ...memoryLosses.flatMap(({ device, metric, loss }) =>
      withInterval(`simulators.${device}.${metric}.loss`, loss)
    ),
    ...readingAgreements.flatMap(({ device, metric, aihwkit, own, published }): Entry[] => {
      const key = `simulators.${device}.${metric}.tau`;
      return [
        ...agreed(`${key}.aihwkit`, aihwkit),
        ...agreed(`${key}.own`, own),
        ...withInterval(`${key}.published`, published.tau),
      ];
    }),
    ...memories.filter(({ simulator }) => simulator === "aihwkit").flatMap((memory) =>
      singleEventTaus(memory).map(({ metric, tau }): Entry => [
        `simulators.${memory.device}.${metric}.single_event_tau`,
        tau,
      ])
    ),
    ...memoryClaims.flatMap(({ device, claims }) =>
      claims.flatMap(({ id, measured, criteria }): Entry[] => {
        const key = `simulators.${device}.claim.${id}`;
        const tested = criteria.filter(({ outcome }) => outcome !== "not tested");
        return [
          [key, measured],
          [`${key}.tested`, tested.length],
          [`${key}.met`, tested.filter(({ outcome }) => outcome === "met").length],
          ...criteria.flatMap((c): Entry[] => [
            [`${key}.${c.id}`, c.outcome],
            ...(c.effect === null ? [] : withInterval(`${key}.${c.id}.effect`, c.effect)),
          ]),
        ];
      })
    ),
    ...wireLosses.flatMap(({ condition, wire_ohm, loss, cells, events }): Entry[] => {
      const key = `simulators.wires.${1_000 * wire_ohm}mohm.${condition}`;
      return [
        ...withInterval(`${key}.loss`, loss),
        [`${key}.cells`, cells],
        [`${key}.events`, events],
      ];
    }),
    ...eventWidths.flatMap(({ outcome, other, pairs, one, many, sd_one, sd_many }): Entry[] => {
      const key = `simulators.events.${outcome}.skip_minus.${other}`;
      return [
        [`${key}.n`, pairs],
        ...withInterval(`${key}.one`, one),
        ...withInterval(`${key}.many`, many),
        [`${key}.sd_one`, sd_one],
        [`${key}.sd_many`, sd_many],
      ];
    }),
    ...(eventWidths.length === 0 ? [] : [
      ["simulators.events.width_share", widthShare(eventWidths)] as const,
      ["simulators.events.pairs_fewest", Math.min(...eventWidths.map(({ pairs }) => pairs))],
      ["simulators.events.pairs_most", Math.max(...eventWidths.map(({ pairs }) => pairs))],
    ] as const),
  ];
}
