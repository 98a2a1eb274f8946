/** An array's passes as TensorFlow operations (`kernel.cc`). None of them records a gradient. */
import type { Backend, OpAttribute, Tensor, Tensor1D } from "../../backend.ts";
import type { BitSerial, Converter } from "./design.ts";
import type { Conductances } from "./mapping.ts";

/** The passes, bound to a loaded TensorFlow. */
export type ArrayKernel = Awaited<ReturnType<typeof loadArrayKernel>>;

/** Resistances of the wires, in units of the smallest resistance of a device. */
interface Resistances {
  readonly row: number;
  readonly column: number;
  readonly rowTerminal: number;
  readonly columnTerminal: number;
}

/** A seed, and the number of a draw under it. */
export type NoiseSeed = readonly [seed: number, draw: number];

/** Loads the passes, compiling them where needed. Throws InputError where there is no C++ compiler. */
export async function loadArrayKernel(backend: Backend) {
  const { tf, run } = backend;
  await backend.loadOperations(
    new URL("./kernel.cc", import.meta.url),
    "register_array_operations",
  );
  const absent = tf.keep(tf.tensor1d([], "float32"));
  const attributes = ({ lo, hi, steps }: Converter, gain: number) => ({
    lo: ["float", lo],
    hi: ["float", hi],
    steps: ["float", steps],
    gain: ["float", gain],
  } satisfies Record<string, OpAttribute>);
  return {
    /** Inputs times `gain`, through the DAC. */
    dac<T extends Tensor>(x: T, gain: number, converter: Converter): T {
      return run("ArrayConvert", attributes(converter, gain), [x], 1)[0] as T;
    },
    /**
     * Column currents through the ADC: convert(y + sqrt(variance) N) scale + offset + sum.
     *
     * @param y `[..., channels]`, of g_max times the largest input
     * @param scale `[channels]`
     * @param offset `[channels]`, or null
     * @param sum as `y`, what other arrays have contributed, or null
     * @param noise variance of the read noise, as `y`, and two words of 32 bits that N is a function of, or null
     */
    adc<T extends Tensor>(
      y: T,
      scale: Tensor1D,
      offset: Tensor1D | null,
      sum: T | null,
      noise: { readonly variance: T; readonly seed: NoiseSeed } | null,
      converter: Converter,
    ): T {
      return tf.tidy(() => {
        const seed = tf.tensor1d((noise?.seed ?? [0, 0]).map((word) => word | 0), "int32");
        const inputs = [y, scale, offset ?? absent, sum ?? absent, noise?.variance ?? absent, seed];
        return run("ArrayAdc", attributes(converter, 1), inputs, 1)[0] as T;
      });
    },
    /** Slice number `slice` of the inputs' magnitudes, 0..1, with the inputs' signs. */
    bits<T extends Tensor>(v: T, { magnitudeBits, sliceBits }: BitSerial, slice: number): T {
      const slicing = {
        levels: ["int", 2 ** magnitudeBits - 1],
        shift: ["int", slice * sliceBits],
        codes: ["int", 2 ** sliceBits - 1],
      } satisfies Record<string, OpAttribute>;
      return run("ArrayBits", slicing, [v], 1)[0] as T;
    },
    /** What wires leave of slices [out x in] of equal size; see `wires.ts`. */
    effectiveMatrices(
      slices: readonly Conductances[],
      outputs: number,
      { row, column, rowTerminal, columnTerminal }: Resistances,
    ): Float32Array[] {
      const arrays = slices.flatMap(({ plus, minus }) => minus === null ? [plus] : [plus, minus]);
      const size = arrays[0].length, values = new Float32Array(arrays.length * size);
      arrays.forEach((g, k) => values.set(g, k * size));
      const resistances = {
        row: ["float", row],
        column: ["float", column],
        row_terminal: ["float", rowTerminal],
        column_terminal: ["float", columnTerminal],
      } satisfies Record<string, OpAttribute>;
      const shape = [
        slices.length,
        arrays.length / slices.length,
        outputs,
        size / outputs,
      ] as const;
      const found = tf.tidy(() => {
        const g = tf.tensor4d(values, [...shape]);
        return run("ArrayWires", resistances, [g], 1)[0].dataSync() as Float32Array;
      });
      return slices.map((_, k) => found.slice(k * size, (k + 1) * size));
    },
  };
}
