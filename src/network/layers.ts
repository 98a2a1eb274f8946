import { wholeNumber } from "../arguments.ts";
/** The layers that hold weights, as plain data. Names are those of the PyTorch `state_dict`. */

/** A convolution without bias. Its weight is `<name>.weight`. */
export interface Convolution {
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the kernel. */
  readonly kernel: number;
  readonly stride: 1 | 2;
  /** Zeros on each side. */
  readonly padding: number;
  /** 1, or the number of channels: each is convolved by itself (depthwise) and in = out. */
  readonly groups: number;
  /** Pixels from tap to tap: 1, or more for a dilated convolution. */
  readonly dilation: number;
  /** True where the input is data, so that no gradient towards it is wanted. */
  readonly readsData: boolean;
}

/** Batch norm: `<name>.weight`, `.bias`, `.running_mean`, `.running_var`. */
export interface BatchNorm {
  readonly name: string;
  readonly channels: number;
}

/** Fully connected layer with bias: `<name>.weight`, `<name>.bias`. */
export interface Linear {
  readonly name: string;
  readonly inFeatures: number;
  readonly outFeatures: number;
}

/** A number added to each channel, `<name>.bias`: that of the convolution `name`, where it has one. */
export interface Bias {
  readonly name: string;
  readonly channels: number;
}

/** A convolution and the batch norm behind it. */
export interface ConvolutionUnit {
  readonly convolution: Convolution;
  readonly norm: BatchNorm;
}

/** What a convolution may differ in from the ordinary one. */
type Settings = Partial<Omit<Convolution, "name" | "inChannels" | "outChannels" | "kernel">>;

/** A convolution that, where nothing else is given, keeps height and width (or halves them at stride 2). */
export function convolution(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: number,
  settings: Settings = {},
): Convolution {
  for (const [what, value] of Object.entries({ inChannels, outChannels, kernel })) {
    wholeNumber(`${what} of ${name}`, value, 1);
  }
  const { stride = 1, groups = 1, dilation = 1, readsData = false } = settings;
  const { padding = dilation * (kernel - 1) / 2 } = settings;
  const size = { inChannels, outChannels, kernel, stride, padding };
  return { name, ...size, groups, dilation, readsData };
}

/** Whether each channel is convolved by itself. */
export const isDepthwise = ({ groups }: Convolution): boolean => groups > 1;
