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
  kernel: number,
  { stride = 1, readsData = false }: Partial<Pick<Convolution, "stride" | "readsData">> = {},
): Convolution {
  return { name, inChannels, outChannels, kernel, stride, padding: (kernel - 1) / 2, readsData };
}
