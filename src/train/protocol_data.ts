import { type Config, protocolOf } from "../config.ts";
import {
  type Augmentation,
  type Batch,
  evaluationBatches,
  type ImageSet,
  splitValidation,
  subset,
} from "../dataset/mod.ts";
import { prng } from "../random.ts";

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

/** Images a batch in evaluation; has no influence on the result. */
const EVALUATION_BATCH = 250;

/**
 * Deals CIFAR-10 out as `config.protocol` says. The validation split and the augmentation of test images
 * follow from `seed`; a different `label` gives a different augmentation.
 *
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
  const split = protocol.validationImages === 0
    ? { train: images.train, validation: null }
    : splitValidation(images.train, protocol.validationImages, prng(seed, "validation split"));
  const { trainImages, testImages } = config.measurement;
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
      if (set === null) throw new RangeError(`The protocol ${config.protocol} has no ${split}.`);
      if (!protocol.augmentTest) return evaluationBatches(set, EVALUATION_BATCH);
      const random = prng(seed, `test augmentation/${label}`);
      return evaluationBatches(set, EVALUATION_BATCH, augmentation, random);
    },
  };
}

function first(set: ImageSet, limit: number): ImageSet {
  return set.count <= limit ? set : subset(set, Array.from({ length: limit }, (_, i) => i));
}
