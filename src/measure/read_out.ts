/** A finished unit's trained weights read out under other hardware and at other times, without training. */
import { wholeNumber } from "../arguments.ts";
import { type Config, type Hardware, type PartialConfig, resolveConfig } from "../config.ts";
import { InputError } from "../input_error.ts";
import type { Row } from "../table/schema.ts";
import { conditionRows, type ReadOutWork } from "./measure_variant.ts";
import { overlaid } from "./overlay.ts";

/** What differs from the unit's own measurement; as the unit was measured where nothing is said. */
export interface ReadOutSettings {
  /** Any part of the hardware, on top of the unit's. */
  readonly hardware?: PartialConfig["hardware"];
  /** Seconds after programming, null for before it. Of another memory: the times of its data. */
  readonly times_s?: readonly (number | null)[];
  /** How many of the test images, the first ones. */
  readonly testImages?: number;
  /** Programming events, each with errors of its own; `READ_OUT_EVENTS` by default. */
  readonly events?: number;
}

/** Programming events of a read-out that does not say how many. */
export const READ_OUT_EVENTS = 10;

/**
 * The config of a read-out: the unit's with `asked` on top. Every repeat is a programming event of its own and
 * test images are not cropped, whatever the unit's protocol, so that repeats differ by the hardware alone. A
 * memory that the unit was not on comes with the conductances and times of its own data.
 *
 * Throws InputError for what is no setting or out of range, a time that the memory's data do not cover, and
 * no event.
 */
export function readOutConfig(unit: Config, asked: ReadOutSettings): Config {
  const { hardware, times_s, testImages, events = READ_OUT_EVENTS } = asked;
  for (const t of times_s ?? []) {
    if (t === null || (t >= 0 && t < Infinity)) continue;
    throw new InputError(
      `A time is in seconds after programming, or null for before it, and is ${t} s.`,
    );
  }
  if (times_s?.length === 0) throw new InputError("A read-out needs one time or more.");
  const onHardware = hardwareOn(unit.hardware, hardware);
  const given = times_s?.filter((t) => t !== null) ?? [];
  const isOther = memory(onHardware) !== memory(unit.hardware);
  const inferenceTimes_s = given.length > 0
    ? given
    : isOther
    ? undefined
    : unit.measurement.inferenceTimes_s;
  const { inferenceTimes_s: _, ...measurement } = unit.measurement;
  return resolveConfig({
    ...unit,
    departures: { ...unit.departures, augmentTest: false, repeatVaries: "programming" },
    hardware: onHardware,
    measurement: {
      ...measurement,
      testImages: testImages ?? measurement.testImages,
      repeats: wholeNumber("The number of programming events", events, 1),
      ...(inferenceTimes_s && { inferenceTimes_s }),
    },
  });
}

/** Names the simulator and its memory. */
const memory = ({ simulator = {}, device }: NonNullable<PartialConfig["hardware"]>) =>
  "device" in simulator ? `arrays ${simulator.device}` : `${simulator.kind} ${device}`;

/** The unit's hardware under `over`; what belongs to the data of another memory is left to that memory. */
function hardwareOn(unit: Hardware, over: PartialConfig["hardware"] = {}) {
  if (typeof over !== "object" || over === null) resolveConfig({ hardware: over });
  const { gMax_uS, simulator, ...others } = unit;
  const isOtherTile = over.device !== undefined && over.device !== unit.device;
  const asked = over.simulator;
  const isOtherArray = simulator.kind === "crosssim" && asked !== undefined && "device" in asked &&
    asked.device !== simulator.device;
  const { rMin_ohm: _, rMax_ohm: __, ...arrays } = simulator as Record<string, unknown>;
  const base = {
    ...others,
    ...(!isOtherTile && { gMax_uS }),
    simulator: isOtherArray ? arrays : simulator,
  };
  return overlaid(base, over) as NonNullable<PartialConfig["hardware"]>;
}

/**
 * Reads a unit out. On the hardware that HWT trained for, its tiles are read as they are; on another its logical
 * weights are mapped again.
 */
export function readOutRows(work: ReadOutWork): Row[] {
  const { trained, subject: { config } } = work, { hwt } = trained;
  const isOwn = JSON.stringify(hwt.hardware) === JSON.stringify(config.hardware);
  const own = isOwn ? { ...hwt, hardware: config.hardware } : hwt;
  return conditionRows({ ...work, trained: { ...trained, hwt: own } });
}
