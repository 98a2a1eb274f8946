/**
 * The published script's oddities one by one: each setting of the protocol alone as the corrected protocol
 * has it, everything else as in a study's config. What an oddity touches is trained again, and no more.
 */
import {
  type Config,
  protocolOf,
  PROTOCOLS,
  type ProtocolSettings,
  resolveConfig,
} from "../config.ts";
import { readOut, type Variant } from "./variants.ts";

/** Settings that only change how trained weights are read out. */
const READ_OUT_SETTINGS = ["augmentTest", "inputRange", "repeatVaries"] as const;

/**
 * Training in which a schedule can show. In one epoch a cosine stepped once an epoch is a constant: both
 * schedules get three, on half of the images so that they cost half more than one whole epoch.
 */
const SCHEDULED = { epochs: 3, trainImages: 25_000 } as const;

/** A setting of the corrected protocol that has no variant, and why. */
export interface UntestedSetting {
  readonly setting: keyof ProtocolSettings;
  readonly value: string;
  readonly reason: string;
}

/** The base protocol, and each of its settings alone as the corrected protocol has it. */
export function protocolVariants(base: Config): Variant[] {
  const current = protocolOf(base), { corrected } = PROTOCOLS;
  const departing = (departures: Partial<ProtocolSettings>, from: Config = base) =>
    resolveConfig({
      ...from,
      departures: { ...from.departures, ...departures },
      measurement: readOut(from),
    });
  const alone = (
    name: keyof ProtocolSettings,
    trains?: Variant["trains"],
    more: Partial<ProtocolSettings> = {},
  ): Variant[] =>
    current[name] === corrected[name] ? [] : [{
      setting: name,
      value: String(corrected[name]),
      config: departing({ ...more, [name]: corrected[name] }),
      ...(trains && { trains }),
    }];
  return [
    { setting: "default", value: "default", config: departing({}) },
    ...alone("calibrationSplit", undefined, { validationImages: corrected.validationImages }),
    ...READ_OUT_SETTINGS.flatMap((name) => alone(name)),
    ...alone("hwtGradient", "hwt"),
    ...(current.hwtSchedule === corrected.hwtSchedule ? [] : schedules(base, departing)),
    ...alone("validationImages", "baseline_and_hwt"),
  ];
}

/** Hardware-aware training of a few epochs under both schedules; the first is what the second is held against. */
function schedules(
  base: Config,
  departing: (departures: Partial<ProtocolSettings>, from: Config) => Config,
): Variant[] {
  const { epochs, trainImages } = SCHEDULED, { measurement } = base;
  const longer: Config = {
    ...base,
    hwt: { ...base.hwt, epochs: Math.max(epochs, base.hwt.epochs) },
    measurement: { ...measurement, trainImages: Math.min(trainImages, measurement.trainImages) },
  };
  const { hwtSchedule } = PROTOCOLS.corrected, constant = departing({}, longer);
  return [
    { setting: "hwtEpochs", value: longer.hwt.epochs, config: constant, trains: "hwt" },
    {
      setting: "hwtSchedule",
      value: hwtSchedule,
      config: departing({ hwtSchedule }, longer),
      trains: "hwt",
      against: constant,
    },
  ];
}

/**
 * Settings without a variant: the split that QAT's plateau schedule watches. At a study's few epochs it
 * cannot matter: the first epoch sets the best value, `plateauPatience` epochs without a rise are let
 * pass, one more lowers the rate, and only the epoch after that trains with it.
 */
export function untestedSettings(base: Config): UntestedSetting[] {
  const { watchedSplit } = PROTOCOLS.corrected, { epochs, plateauPatience } = base.qat;
  if (protocolOf(base).watchedSplit === watchedSplit) return [];
  const earliest = plateauPatience + 3;
  const reason = epochs < earliest
    ? `no effect: QAT of ${epochs} ${epochs === 1 ? "epoch" : "epochs"} ends before its plateau ` +
      `schedule can act, with a patience of ${plateauPatience} not before epoch ${earliest}`
    : `not measured: ${epochs} epochs of QAT are not trained again`;
  return [{ setting: "watchedSplit", value: watchedSplit, reason }];
}
