/** Numbers of the network that is held against one measured on hardware. */
import { CHIP, readingKey } from "../simulators/anchor.ts";
import { anchorAnswer } from "../simulators/anchor_words.ts";
import type { Study } from "../study.ts";
import { type Entry, withInterval } from "./entry.ts";

/** The chip's numbers, and those of every run that is measured. */
export function anchorValues({ hardwareAnchor: runs, anchorFinding }: Study): readonly Entry[] {
  return [
    ["anchor.network", CHIP.text],
    ["anchor.weights", CHIP.weights],
    ["anchor.chip.programmed", CHIP.programmed_pct],
    ["anchor.chip.lowest_over_a_day", CHIP.lowestOverADay_pct],
    ["anchor.chip.loss", CHIP.loss_points],
    ["anchor.finding", anchorFinding],
    ["anchor.answer", anchorAnswer(runs)],
    ...runs.flatMap(({ name, epochs, hwtEpochs, testImages, events, measured }): Entry[] => {
      const key = `anchor.${name}`;
      return [
        [`${key}.epochs`, epochs],
        [`${key}.hwt_epochs`, hwtEpochs],
        [`${key}.test_images`, testImages],
        [`${key}.events`, events],
        [`${key}.verdict`, measured?.verdict ?? "not measured"],
        ...(measured === null ? [] : [
          [`${key}.baseline`, measured.baseline_pct] as const,
          ...measured.readings.flatMap((reading) => [
            ...withInterval(`${key}.${readingKey(reading)}`, reading.accuracy),
            ...(reading.loss === null
              ? []
              : withInterval(`${key}.${readingKey(reading)}.loss`, reading.loss)),
          ]),
        ]),
      ];
    }),
  ];
}
