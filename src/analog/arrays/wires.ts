/**
 * Wires with resistance. An array is a linear network, so what reaches its outputs is a matrix times the
 * inputs: computed once a programming (`kernel.cc`), then used like any other.
 *
 * Geometry as in CrossSim 3.2.0 (`NonInterleaved_InputSource.py`): input line i is driven ahead of output 0
 * and runs past all outputs; output line j runs past all inputs and ends behind the last in a virtual
 * ground. Solved exactly, where CrossSim iterates to an absolute tolerance; its row terminal, which it adds
 * to all segments of input 0, is a resistance at every driver here.
 */
import { InputError } from "../../input_error.ts";
import type { Wires } from "./design.ts";
import type { ArrayKernel } from "./kernel.ts";
import { arraySizes, type Conductances } from "./mapping.ts";

/** Numbers that elimination keeps of an array: (shorter side)^2 x longer side; 256 MiB. */
const LARGEST = 2 ** 25;

/**
 * What the outputs of slices of conductances [out x in], of g_max, sum of their inputs, of a pair the first array's
 * less the second's: [out x in] each.
 * Throws InputError where an array is too large.
 */
export function effectiveMatrices(
  kernel: ArrayKernel,
  slices: readonly Conductances[],
  outputs: number,
  wires: Wires,
  rMin_ohm: number,
): Float32Array[] {
  const inputs = slices[0].plus.length / outputs;
  assertSolvable([{ name: null, inputs, outputs }], 0);
  return kernel.effectiveMatrices(slices, outputs, {
    row: wires.row_ohm / rMin_ohm,
    column: wires.column_ohm / rMin_ohm,
    rowTerminal: wires.rowTerminal_ohm / rMin_ohm,
    columnTerminal: wires.columnTerminal_ohm / rMin_ohm,
  });
}

/** What a layer asks of its arrays. */
interface Demand {
  /** Null for an array of no layer. */
  readonly name: string | null;
  readonly inputs: number;
  readonly outputs: number;
}

const isSolvable = (inputs: number, outputs: number) =>
  Math.min(inputs, outputs) ** 2 * Math.max(inputs, outputs) <= LARGEST;

const areSolvable = ({ inputs, outputs }: Demand, maxInputs: number) =>
  arraySizes(inputs, maxInputs).every((size) => isSolvable(size, outputs));

/** Throws InputError where an array of a layer is too large to solve with its wires: how large, and what helps. */
export function assertSolvable(layers: readonly Demand[], maxInputs: number): void {
  const tooLarge = layers.find((layer) => !areSolvable(layer, maxInputs));
  if (tooLarge === undefined) return;
  let most = Math.max(...layers.map(({ inputs }) => inputs));
  while (!layers.every((layer) => areSolvable(layer, most))) most--;
  const { name, inputs, outputs } = tooLarge;
  const size = Math.max(...arraySizes(inputs, maxInputs));
  throw new InputError(
    `${
      name === null ? "An" : `${name}: an`
    } array of ${size} inputs and ${outputs} outputs is too ` +
      `large to solve with its wires. Set hardware.simulator.maxInputs to ${most}, or wire_ohm to 0.`,
  );
}
