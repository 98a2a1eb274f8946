/** The parts of a config that say how a network is trained and quantized. */
import { z } from "zod";
import { measuredDevices } from "./arrays.ts";
import { DEFAULT_COUNTS } from "./conflicts.ts";

const count = z.int().min(1);
const rate = z.number().positive();

/** Baseline training. */
export const training = z.strictObject({
  epochs: count.default(200).meta({ description: "Passes over the training images." }),
  batchSize: count.max(50_000).default(256).meta({
    description: "Images a step; the last step of an epoch takes what is left.",
  }),
  learningRate: rate.default(0.1).meta({
    description: "Learning rate of the first epoch; a cosine takes it to 0 over the epochs.",
  }),
  momentum: z.number().min(0).lt(1).default(0.9).meta({ description: "Nesterov momentum." }),
  weightDecay: z.number().min(0).default(5e-4).meta({
    description: "L2 penalty added to the gradient of every trainable number, as PyTorch does.",
  }),
  cropPadding: z.int().min(0).max(16).default(4).meta({
    description: "Zero pixels around the image before the random crop.",
    unit: "pixels",
  }),
  flipProbability: z.number().min(0).max(1).default(0.5).meta({
    description: "Chance of a horizontal flip.",
  }),
}).prefault({}).meta({
  description: "Baseline training.",
  source: "Dong & Yang 2020, section 2.2 and table 1",
});

/** How an observer turns seen activations into a range; see `quantize/observer.ts`. */
export const OBSERVERS = ["min_max", "percentile", "histogram"] as const;

/** Post-training quantization: integers per output channel for weights, per tensor for activations. */
export const ptq = z.strictObject({
  observer: z.enum(OBSERVERS).default("histogram").meta({
    description: "How seen activations become a range.",
    source: "torch.ao.quantization, default_qconfig of the x86 backend",
  }),
  calibrationImages: count.max(10_000).default(DEFAULT_COUNTS.calibrationImages).meta({
    description: "Images that calibrate the activation ranges, the first of the split that the " +
      "protocol names. The default stands for all of them where there are fewer; another number " +
      "that is not there is refused.",
    unit: "images",
  }),
  weightBits: z.int().min(2).max(8).default(8).meta({
    description: "Width of weights.",
    unit: "bits",
  }),
  activationBits: z.int().min(2).max(8).default(8).meta({
    description: "Width of activations.",
    unit: "bits",
  }),
}).prefault({}).meta({
  description: "Post-training quantization.",
  source: "Bessalah et al. 2025 (arXiv 2506.18495), 8-bit quantization",
});

/** Quantization-aware training from a trained network. */
export const qat = z.strictObject({
  epochs: z.int().min(0).default(20).meta({
    description:
      "Passes over the training images; 0 leaves the condition out of a unit of a study.",
  }),
  learningRate: rate.default(1e-3).meta({ description: "Learning rate of Adam at the start." }),
  weightDecay: z.number().min(0).default(1e-4).meta({
    description: "L2 penalty added to the gradient (PyTorch's Adam, not AdamW).",
  }),
  plateauFactor: z.number().gt(0).lt(1).default(0.1).meta({
    description: "Factor on the learning rate when the watched accuracy has not risen.",
  }),
  plateauPatience: z.int().min(0).default(3).meta({
    description: "Epochs without a rise that are let pass.",
    unit: "epochs",
  }),
  clipNorm: rate.default(1).meta({ description: "Upper bound of the gradient's global norm." }),
}).prefault({}).meta({
  description: "Quantization-aware training.",
  source: "the published script of the benchmark",
});

/** Hardware-aware training from a trained network. */
export const hwt = z.strictObject({
  epochs: count.default(200).meta({ description: "Passes over the training images." }),
  learningRate: rate.default(0.01).meta({
    description: "Learning rate of SGD; the protocol says how it goes on. Momentum and weight " +
      "decay are those of `training`.",
  }),
  weightNoise: z.union([z.number().min(0), z.enum(measuredDevices)]).default(0.06).meta({
    description:
      "Noise on weights in the forward pass, drawn once a step: normal, a number being its " +
      "SD relative to the tile's largest weight, or the programming error of a memory of the arrays.",
  }),
  clipSigmas: z.number().min(0).default(2).meta({
    description: "Weights are clipped at this many SD of their tile after each step; 0: never.",
    unit: "SD",
  }),
  remap: z.enum(["layerwise", "channelwise", "none"]).default("layerwise").meta({
    description: "What is rescaled to a largest weight of 1 after each step: the tile, each " +
      "output, nothing.",
  }),
  inputRangeBatches: z.int().min(0).default(50).meta({
    description: "Batches over which the input range is estimated from the data.",
    unit: "batches",
  }),
  inputRangeSds: z.number().positive().default(3).meta({
    description: "The estimate is this many SD of the tile's input.",
    unit: "SD",
  }),
  inputRangeDecay: z.number().min(0).default(0.01).meta({
    description: "Pull of the input range towards 0, relative to it.",
  }),
  inputRangeMinFraction: z.number().min(0).max(1).default(0.995).meta({
    description: "The pull acts where more than this share of the inputs lies inside the range.",
  }),
}).prefault({}).meta({
  description: "Hardware-aware training.",
  source: "Bessalah et al. 2025 (arXiv 2506.18495) through AIHWKit 1.1.0",
});
