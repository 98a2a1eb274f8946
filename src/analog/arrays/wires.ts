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
import type { Conductances } from "./mapping.ts";

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
  assertSolvable(slices[0].plus.length / outputs, outputs);
  return kernel.effectiveMatrices(slices, outputs, {
    row: wires.row_ohm / rMin_ohm,
    column: wires.column_ohm / rMin_ohm,
    rowTerminal: wires.rowTerminal_ohm / rMin_ohm,
    columnTerminal: wires.columnTerminal_ohm / rMin_ohm,
  });
}

/** Throws InputError where an array is too large to solve with its wires. */
export function assertSolvable(inputs: number, outputs: number): void {
  if (Math.min(inputs, outputs) ** 2 * Math.max(inputs, outputs) > LARGEST) {
    throw new InputError(
      `An array of ${inputs} inputs and ${outputs} outputs is too large to solve with its wires. ` +
        "Set hardware.simulator.maxInputs to 144, or wire_ohm to 0.",
    );
  }
}
