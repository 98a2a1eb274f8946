/** Settings that are valid alone and impossible together. */

/** What the rules look at, as a config holds it once its defaults are filled in. */
export interface JointSettings {
  readonly training: { readonly batchSize: number };
  readonly ptq: { readonly calibrationImages: number };
  readonly hardware: { readonly gMin_uS: number; readonly gMax_uS: number };
  readonly measurement: {
    readonly trainImages: number;
    readonly testImages: number;
    readonly inferenceTimes_s: readonly number[];
  };
  /** Departures applied. */
  readonly protocol: {
    readonly validationImages: number;
    readonly calibrationSplit: "test" | "validation";
    readonly watchedSplit: "test" | "validation";
  };
  /** Device, and the only times that its data cover; null where there is a model of time. */
  readonly device: { readonly name: string; readonly times_s: readonly number[] | null };
}

/** A setting that others make impossible, and why. */
export interface Conflict {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Images of CIFAR-10's training set, and its classes. */
const IMAGES = 50_000, CLASSES = 10;

/**
 * Counts of images that mean "all that there are" where there are fewer: the defaults. Another count is
 * somebody's wish, and one that cannot be met is a fault.
 */
export const DEFAULT_COUNTS = { trainImages: IMAGES, calibrationImages: 2_560 } as const;

/** All conflicts of `settings`; none in a config that can be measured. */
export function conflicts(settings: JointSettings): Conflict[] {
  return [
    ...conductances(settings),
    ...times(settings),
    ...validation(settings),
    ...trainingImages(settings),
    ...calibration(settings),
  ];
}

function conductances({ hardware: { gMin_uS, gMax_uS } }: JointSettings): Conflict[] {
  if (gMin_uS < gMax_uS) return [];
  const message = `gMin_uS must be below gMax_uS, which is ${gMax_uS}`;
  return [{ path: ["hardware", "gMin_uS"], message }];
}

function times({ measurement: { inferenceTimes_s }, device }: JointSettings): Conflict[] {
  const { name, times_s } = device;
  return inferenceTimes_s.flatMap((t, i) => {
    const path = ["measurement", "inferenceTimes_s", i];
    const first = inferenceTimes_s.indexOf(t);
    if (first < i) return [{ path, message: `the time is there already, at ${first}` }];
    if (times_s === null || times_s.includes(t)) return [];
    return [{ path, message: `${name} was measured at ${times_s.join(", ")} s only` }];
  });
}

function validation({ protocol }: JointSettings): Conflict[] {
  const { validationImages } = protocol;
  const path = (name: string) => ["departures", name];
  if (validationImages % CLASSES !== 0) {
    const message = `${validationImages} images cannot be held out in ${CLASSES} equal classes`;
    return [{ path: path("validationImages"), message }];
  }
  if (validationImages > 0) return [];
  return (["calibrationSplit", "watchedSplit"] as const).flatMap((name) =>
    protocol[name] === "validation"
      ? [{
        path: path(name),
        message: "there are no validation images; set departures.validationImages, or this to test",
      }]
      : []
  );
}

function trainingImages({ training, measurement, protocol }: JointSettings): Conflict[] {
  const { trainImages } = measurement, left = IMAGES - protocol.validationImages;
  if (trainImages > left && trainImages !== DEFAULT_COUNTS.trainImages) {
    const message = `${left} images are left besides ${protocol.validationImages} for validation`;
    return [{ path: ["measurement", "trainImages"], message }];
  }
  const there = Math.min(trainImages, left);
  if (training.batchSize <= there) return [];
  const message = `a batch of ${training.batchSize} is larger than the ${there} training images`;
  return [{ path: ["training", "batchSize"], message }];
}

function calibration({ ptq: { calibrationImages }, measurement, protocol }: JointSettings) {
  const { calibrationSplit, validationImages } = protocol;
  const there = calibrationSplit === "test" ? measurement.testImages : validationImages;
  if (calibrationImages <= there || calibrationImages === DEFAULT_COUNTS.calibrationImages) {
    return [];
  }
  const message = `the ${calibrationSplit} images that calibrate are ${there}`;
  return [{ path: ["ptq", "calibrationImages"], message }];
}
