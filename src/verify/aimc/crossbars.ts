/** Crossbars and layers that the checks of tiles share. */
import { type Crossbars, type LayerShape, loadAnalogKernel, periphery } from "../../analog/mod.ts";
import { type Backend, loadBackend, type Tensor1D } from "../../backend.ts";
import { type Hardware, resolveConfig } from "../../config.ts";

export async function crossbarsFor(): Promise<(hardware: Hardware) => Crossbars> {
  const backend = await loadBackend(), kernel = await loadAnalogKernel(backend);
  return (hardware) => ({ backend, kernel, periphery: periphery(hardware) });
}

export const noSeed = ({ tf }: Backend) => tf.tensor1d([0, 0], "int32") as Tensor1D;

/** A linear layer of this size as one tile. */
export function linearShape(matrix: number[][]): LayerShape {
  const sizes = { inChannels: matrix[0].length, outChannels: matrix.length };
  return {
    name: "layer",
    kind: "linear",
    ...sizes,
    kernel: 1,
    stride: 1,
    padding: 0,
    groups: 1,
    dilation: 1,
  };
}

/** No quantization, no noise, no bound: the digital layer. */
export const idealHardware = resolveConfig({
  hardware: {
    dac: { kind: "ideal", bound: null },
    adc: { kind: "ideal", bound: null },
    outputNoise: 0,
  },
}).hardware;
