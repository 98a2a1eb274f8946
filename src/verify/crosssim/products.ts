/** Products of arrays against CrossSim 3.2.0: converters (file d), wires (e), convolutions (f). */
import { z } from "zod";
import { arrays, type LayerShape, noNoise } from "../../analog/mod.ts";
import { loadBackend, type Tensor, type Tensor4D } from "../../backend.ts";
import { flat, matrix, numbers } from "../values.ts";
import { type GoldenReport, readGolden, worstError, worstOf } from "../report.ts";
import { networkMatrix } from "./wire_network.ts";
import { layerOf, physicsOf, type SettingsRecord, settingsRecord } from "./settings.ts";

export async function arrayMachine(): Promise<arrays.ArrayMachine> {
  const backend = await loadBackend();
  return { backend, kernel: await arrays.loadArrayKernel(backend) };
}

const transposed = (m: readonly number[][]) => m[0].map((_, b) => m.map((row) => row[b]));
const largest = (values: ArrayLike<number>) =>
  Array.from(values, Math.abs).reduce((most, v) => Math.max(most, v), 0);

/** A layer's outputs for inputs in TensorFlow's layout, without chance. */
function outputs(
  machine: arrays.ArrayMachine,
  shape: LayerShape,
  W: Float32Array,
  settings: SettingsRecord,
  x: Tensor,
  bias: readonly number[] | null,
): Tensor {
  const { backend } = machine, layer = layerOf(shape, W, settings);
  const { physics } = physicsOf(settings), event = arrays.programLayer(layer, noNoise);
  const reading = arrays.readLayer(machine.kernel, layer, event, physics, 0);
  const tensors = arrays.layerTensors(backend, layer, reading, null);
  const shift = bias && backend.tf.tensor1d([...bias]);
  return arrays.arrayForward(machine, layer, tensors, shift, x, () => {
    throw new Error("no noise here");
  });
}

/** A linear layer of this size. */
export const linearShape = (W: number[][]): LayerShape => ({
  name: "layer",
  kind: "linear",
  inChannels: W[0].length,
  outChannels: W.length,
  kernel: 1,
  stride: 1,
  padding: 0,
  groups: 1,
  dilation: 1,
});

/** y [out][batch] of inputs x [in][batch]. */
function multiplied(
  machine: arrays.ArrayMachine,
  W: number[][],
  x: number[][],
  settings: SettingsRecord,
): number[] {
  const { tf } = machine.backend;
  return tf.tidy(() => {
    const y = outputs(machine, linearShape(W), flat(W), settings, tf.tensor2d(transposed(x)), null);
    return Array.from(tf.transpose(y).dataSync());
  });
}

/** CrossSim's offset core loses this factor where devices have levels, of which it leaves the lowest unused. */
const lostByOffset = ({ style, device: { cell_bits } }: SettingsRecord) =>
  style === "offset" && cell_bits > 0 ? (2 ** cell_bits - 2) / (2 ** cell_bits - 1) : 1;

/** To 1e-5 of the largest output. */
export async function checkProducts(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({ settings: settingsRecord, W: matrix, x: matrix, y: matrix }))
        .nonempty(),
    }),
  );
  const machine = await arrayMachine();
  return worstOf(cases, ({ settings, W, x, y }) => {
    const wanted = y.flat().map((v) => v / lostByOffset(settings));
    const found = multiplied(machine, W, x, settings);
    const { style, dac, adc } = settings;
    const kind = [style, adc.bits > 0 ? adc.range : "no ADC", adc.per_ibit ? "bit by bit" : ""];
    const share = worstError(found, wanted) / largest(wanted) / 1e-5;
    return { [kind.filter((part) => part !== "").join(" ")]: dac.bits < 0 ? Infinity : share };
  });
}

/**
 * What CrossSim's outputs lack where drivers have a resistance: it puts that into every segment of input 0
 * instead. Both networks are solved node by node; the difference corrects what it recorded. y [out][batch].
 */
function driverCorrection(W: number[][], x: number[][], settings: SettingsRecord): number[] {
  const { parasitics, device: { Rmin } } = settings, outputs = W.length, inputs = W[0].length;
  const { Rp_row, Rp_col, Rp_row_terminal, Rp_col_terminal } = parasitics!;
  const { limit, pieces: [{ slices: [{ target }] }], design } = layerOf(
    linearShape(W),
    flat(W),
    settings,
  );
  const column = (_: number, input: number) =>
    (Rp_col + (input === inputs - 1 ? Rp_col_terminal : 0)) / Rmin;
  const matrixOf = (hasTerminal: (input: number, output: number) => boolean) => {
    const row = (input: number, output: number) =>
      (Rp_row + (hasTerminal(input, output) ? Rp_row_terminal : 0)) / Rmin;
    const [plus, minus] = [target.plus, target.minus!].map((g) =>
      networkMatrix(g, outputs, inputs, row, column)
    );
    return plus.map((t, k) => (t - minus[k]) * limit * arrays.readingOf(design).factors[0]);
  };
  const physical = matrixOf((_, output) => output === 0),
    recorded = matrixOf((input) => input === 0);
  return W.flatMap((_, j) =>
    x[0].map((_, b) =>
      x.reduce(
        (sum, values, i) => sum + (physical[j * inputs + i] - recorded[j * inputs + i]) * values[b],
        0,
      )
    )
  );
}

/** The weights that an array with wires computes with, [out x in]; converters are off. */
function wiredWeights(
  { kernel }: arrays.ArrayMachine,
  W: number[][],
  settings: SettingsRecord,
): number[] {
  const layer = layerOf(linearShape(W), flat(W), settings), { physics } = physicsOf(settings);
  const event = arrays.programLayer(layer, noNoise);
  const [[{ matrix }]] = arrays.readLayer(kernel, layer, event, physics, 0);
  const { factors: [factor], offset } = arrays.readingOf(layer.design);
  return Array.from(matrix, (t) => layer.limit * (factor * t + offset));
}

/** The exact network to 1e-6 of the largest; CrossSim's own iteration stops within 3e-3 of it. */
export async function checkWires(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        settings: settingsRecord,
        W: matrix,
        x: matrix,
        y_converged_f64: matrix,
        effective_matrix_f64: matrix.optional(),
      })).nonempty(),
    }),
  );
  const machine = await arrayMachine();
  return worstOf(cases, ({ settings, W, x, y_converged_f64, effective_matrix_f64 }) => {
    const matrix = wiredWeights(machine, W, settings), inputs = W[0].length;
    const found = W.flatMap((_, j) =>
      x[0].map((_, b) => x.reduce((sum, v, i) => sum + matrix[j * inputs + i] * v[b], 0))
    );
    const recorded = y_converged_f64.flat();
    const isCorrected = settings.parasitics!.Rp_row_terminal > 0;
    const correction = isCorrected ? driverCorrection(W, x, settings) : null;
    const wanted = recorded.map((y, k) => y + (correction?.[k] ?? 0));
    const shares: Record<string, number> = {
      [isCorrected ? "products, drivers corrected" : "products"]: worstError(found, wanted) /
        largest(wanted) / 1e-6,
    };
    if (effective_matrix_f64 && !isCorrected) {
      const exact = effective_matrix_f64.flat();
      shares["effective matrix"] = worstError(matrix, exact) / largest(exact) / 1e-6;
    }
    return shares;
  });
}

const image = z.array(z.array(matrix));

/** To 1e-5 of the largest; with an ADC for 98 % of the values, for one code may flip; wires to 1e-3. */
export async function checkConvolutions(path: string): Promise<GoldenReport> {
  const { cases } = await readGolden(
    path,
    z.object({
      cases: z.array(z.object({
        settings: settingsRecord,
        stride: z.number(),
        pad: z.number(),
        W: image,
        bias: numbers.nullable(),
        x: image,
        y: image,
        column_split: numbers,
      })).nonempty(),
    }),
  );
  const machine = await arrayMachine(), { tf } = machine.backend;
  return worstOf(cases, ({ settings, stride, pad, W, bias, x, y, column_split }) => {
    const shape: LayerShape = {
      name: "layer",
      kind: "convolution",
      inChannels: W[0].length,
      outChannels: W.length,
      kernel: W[0][0].length,
      stride,
      padding: pad,
      groups: 1,
      dilation: 1,
    };
    const weights = Float32Array.from(W.flat(3));
    const found = tf.tidy(() => {
      const nhwc = tf.transpose(tf.tensor4d(x), [0, 2, 3, 1]) as Tensor4D;
      const out = outputs(machine, shape, weights, settings, nhwc, bias);
      return tf.transpose(out, [0, 3, 1, 2]).dataSync();
    });
    const wanted = y.flat(3), most = largest(wanted);
    const sizes = layerOf(shape, weights, settings).pieces.map(({ inSize }) => inSize);
    const split = { "sizes of arrays": worstError(sizes, column_split) };
    if (settings.parasitics) return { ...split, wires: worstError(found, wanted) / most / 1e-3 };
    if (settings.adc.bits === 0) {
      return { ...split, "without ADC": worstError(found, wanted) / most / 1e-5 };
    }
    const moved = wanted.filter((v, i) => !(Math.abs(found[i] - v) <= 1e-5 * most)).length;
    return { ...split, "with ADC, share moved of 2 %": moved / wanted.length / 0.02 };
  });
}
