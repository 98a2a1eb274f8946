/** The layers that hold weights, as plain data. Names are those of the PyTorch `state_dict`. */

/** A convolution without bias. Its weight is `<name>.weight`. */
export interface Convolution {
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the kernel. */
  readonly kernel: 1 | 3;
  readonly stride: 1 | 2;
  /** Zeros on each side. */
  readonly padding: 0 | 1;
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

/** A convolution and the batch norm behind it. */
export interface ConvolutionUnit {
  readonly convolution: Convolution;
  readonly norm: BatchNorm;
}

/** A convolution that keeps height and width (stride 1) or halves them (stride 2). */
export function convolution(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: 1 | 3,
  stride: 1 | 2 = 1,
): Convolution {
  return { name, inChannels, outChannels, kernel, stride, padding: kernel === 3 ? 1 : 0 };
}

/** The ReLU-convolution-BN unit of NAS-Bench-201, whose members PyTorch numbers 0, 1, 2. */
export function reluConvBn(
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: 1 | 3,
  stride: 1 | 2 = 1,
): ConvolutionUnit {
  return {
    convolution: convolution(`${name}.op.1`, inChannels, outChannels, kernel, stride),
    norm: { name: `${name}.op.2`, channels: outChannels },
  };
}
