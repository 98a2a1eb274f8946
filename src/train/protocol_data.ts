import { type Config, protocolOf } from "../config.ts";
import {
  type Augmentation,
  type Batch,
  evaluationBatches,
  type ImageSet,
  splitValidation,
  subset,
} from "../dataset/mod.ts";
import { InputError } from "../input_error.ts";
import { type Prng, prng } from "../random.ts";

/** Images as the protocol deals them out. */
export interface ProtocolData {
  readonly train: ImageSet;
  /** Null where the protocol has no validation split. */
  readonly validation: ImageSet | null;
  readonly test: ImageSet;
  readonly augmentation: Augmentation;
  /** Name of the split that schedules watch. */
  readonly watchedSplit: "test" | "validation";
  /** Batches of a split in its own order, augmented where the protocol does that to test images. */
  evaluation(split: "test" | "validation", label: string): Iterable<Batch>;
}

/** The config's default, which means all that there are. */
const DEFAULT_TEST_IMAGES = 10_000;

/** Images a batch in evaluation; has no influence on the result. */
const EVALUATION_BATCH = 250;

/**
 * Deals CIFAR-10, or images of the user's own, out as `config.protocol` says. The validation split and the augmentation of test images
 * follow from `seed`; a different `label` gives a different augmentation.
 *
 * @throws InputError where the config asks for more test images than there are, or too few are there to hold some out
 * @param limit takes only the first images of each split, for trials
 */
export function dataFor(
  config: Config,
  images: { readonly train: ImageSet; readonly test: ImageSet },
  seed: number,
  limit = Infinity,
): ProtocolData {
  const protocol = protocolOf(config);
  const { cropPadding, flipProbability } = config.training;
  const augmentation = { cropPadding, flipProbability };
  const split = heldOut(images.train, protocol.validationImages, prng(seed, "validation split"));
  const { trainImages, testImages } = config.measurement;
  if (testImages > images.test.count && testImages !== DEFAULT_TEST_IMAGES) {
    throw new InputError(
      `${testImages} test images are asked for and ${images.test.count} are there. Ask for fewer.`,
    );
  }
  const train = first(split.train, Math.min(limit, trainImages));
  const test = first(images.test, Math.min(limit, testImages));
  const validation = split.validation && first(split.validation, limit);
  return {
    train,
    validation,
    test,
    augmentation,
    watchedSplit: protocol.watchedSplit,
    evaluation(split, label) {
      const set = split === "test" ? test : validation;
      if (set === null && images.train.count === 0) {
        throw new InputError(
          "Only test images are given, and this needs others to train on or to calibrate with: add " +
            "train_images and train_labels.",
        );
      }
      if (set === null) throw new RangeError(`The protocol ${config.protocol} has no ${split}.`);
      if (!protocol.augmentTest) return evaluationBatches(set, EVALUATION_BATCH);
      const random = prng(seed, `test augmentation/${label}`);
      return evaluationBatches(set, EVALUATION_BATCH, augmentation, random);
    },
  };
}

/**
 * The training images without those for validation. Of images of the user's own a tenth at most is held out, as
 * the protocol does it with CIFAR-10's, equally many of each class.
 *
 * Throws InputError where that leaves a class without a validation image.
 */
function heldOut(train: ImageSet, wanted: number, random: Prng) {
  if (wanted === 0 || train.count === 0) return { train, validation: null };
  if (train.size === undefined) return splitValidation(train, wanted, random); // CIFAR-10
  const classes = train.labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const perClass = Math.floor(Math.min(wanted, train.count / 10) / classes);
  if (perClass > 0) return splitValidation(train, perClass * classes, random, classes);
  throw new InputError(
    `${train.count} training images of ${classes} classes are too few: a tenth of them is held out for ` +
      `validation, equally many of each class. Give at least ${10 * classes}.`,
  );
}

function first(set: ImageSet, limit: number): ImageSet {
  return set.count <= limit ? set : subset(set, Array.from({ length: limit }, (_, i) => i));
}
