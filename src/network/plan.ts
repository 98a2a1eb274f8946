/** A network as plain data: a graph of named steps. It holds no weights. */
import { hasMembers } from "../arguments.ts";
import type { Architecture } from "../space/mod.ts";
import type { BatchNorm, Bias, Convolution, Linear } from "./layers.ts";

/** Name by which steps read the images. */
export const IMAGES = "images";

/** An image's size. Behind a global average or a flattening, 1 x 1 pixel. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Images of the search spaces, and of a network from a file that says no other. */
const SPACE_IMAGES: ImageShape = { height: 32, width: 32, channels: 3 };

/** Pixels on each side of an image. */
export interface Sides {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What a step computes from its inputs; images are `[batch, height, width, channels]`. */
export type StepOperation =
  /** A convolution, and the batch norm behind it where there is one. */
  | {
    readonly kind: "convolution";
    readonly layer: Convolution;
    readonly norm: BatchNorm | null;
  }
  | { readonly kind: "batch_norm"; readonly layer: BatchNorm }
  | { readonly kind: "bias"; readonly layer: Bias }
  /** Each channel times its constant, plus another. One number each stands for all channels. Never trained. */
  | {
    readonly kind: "affine";
    readonly scale: readonly number[];
    readonly offset: readonly number[];
  }
  | { readonly kind: "relu" }
  /** Values below `low` become `low`, those above `high` become `high`. */
  | { readonly kind: "clip"; readonly low: number; readonly high: number }
  /** Mean of each window of `size` x `size` pixels; padding is not counted. */
  | {
    readonly kind: "average_pool";
    readonly size: number;
    readonly stride: number;
    readonly padding: "same" | "valid";
  }
  /** The same with `padding` of any width; of its pixels, those within `counted` count, as zeros. */
  | {
    readonly kind: "padded_average_pool";
    readonly size: number;
    readonly stride: number;
    readonly padding: Sides;
    readonly counted: Sides;
  }
  /** Largest of each window; `padding` pixels on each side, which never win. */
  | {
    readonly kind: "max_pool";
    readonly size: number;
    readonly stride: number;
    readonly padding: number;
  }
  /** Every `stride`-th pixel from `start` on, zeros beyond the border; stride 1 and start 1 move the image. */
  | { readonly kind: "subsample"; readonly stride: 1 | 2; readonly start: 0 | 1 }
  /** Pixels of the value `value` around the image. */
  | { readonly kind: "pad"; readonly sides: Sides; readonly value: number }
  /** The rows or columns at `places`. */
  | {
    readonly kind: "pick";
    readonly axis: "height" | "width";
    readonly places: readonly number[];
  }
  /** Channels of zeros before and after. */
  | { readonly kind: "pad_channels"; readonly before: number; readonly after: number }
  /** The channels of all inputs, one behind the other. */
  | { readonly kind: "concatenate" }
  /** Sum of one or more tensors of one shape. */
  | { readonly kind: "sum" }
  /** Zeros of its input's shape. */
  | { readonly kind: "zeros" }
  /** Mean over all pixels: `[batch, channels]`. */
  | { readonly kind: "global_average" }
  /** `[batch, channels x height x width]`, the channel slowest, or fastest where so said. */
  | { readonly kind: "flatten"; readonly channelsLast?: true }
  | { readonly kind: "linear"; readonly layer: Linear };

/** One step of the walk over a network. */
export type Step = StepOperation & {
  /** Unique in its plan. A ReLU's name is that of the activation it makes. */
  readonly name: string;
  /** Earlier steps, or `IMAGES`. */
  readonly inputs: readonly string[];
  /** False where the step cannot reach the output: it is computed for its batch statistics only. */
  readonly live: boolean;
};

/** A network: which steps there are, and what each reads. */
export interface NetworkPlan {
  /** Which network it is; written down and compared, never interpreted by those who compute. */
  readonly architecture: Architecture;
  /** How large it was built, by the settings of its space (`channels`, `cellsPerStage`, ...). */
  readonly scale: Readonly<Record<string, number>>;
  readonly classes: number;
  /** Size of its images where that is not 32 x 32 in RGB. */
  readonly images?: ImageShape;
  /** In an order in which they can be computed; the last gives the logits, `[batch, classes]`. */
  readonly steps: readonly Step[];
}

/** Size of the images that a network takes. */
export const imagesOf = (
  { images }: { readonly images?: ImageShape | undefined },
): ImageShape => images ?? SPACE_IMAGES;

/** A weight-bearing layer with its kind. */
export type Layer =
  | { readonly kind: "convolution"; readonly layer: Convolution }
  | { readonly kind: "batch_norm"; readonly layer: BatchNorm }
  | { readonly kind: "bias"; readonly layer: Bias }
  | { readonly kind: "linear"; readonly layer: Linear };

/** `plan` itself. Throws InputError where it is no plan, e.g. a network's text in its place. */
export function checkedPlan(plan: NetworkPlan): NetworkPlan {
  hasMembers(
    "A plan",
    plan,
    ["steps"],
    'network.buildNetwork(space.parseArchitecture("resnet:3x16-3x32-3x64:A"), {}) makes one.',
  );
  return plan;
}

/** All weight-bearing layers in the order of the steps, steps that are not live included. */
export function layersOf(plan: NetworkPlan): Layer[] {
  return checkedPlan(plan).steps.flatMap((step): Layer[] => {
    switch (step.kind) {
      case "convolution": {
        const { kind, layer, norm } = step;
        return [{ kind, layer }, ...norm ? [{ kind: "batch_norm" as const, layer: norm }] : []];
      }
      case "batch_norm":
        return [{ kind: step.kind, layer: step.layer }];
      case "bias":
        return [{ kind: step.kind, layer: step.layer }];
      case "linear":
        return [{ kind: step.kind, layer: step.layer }];
      default:
        return [];
    }
  });
}
