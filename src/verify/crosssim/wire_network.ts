/** An array's wires as a resistor network, node by node: slow, for small arrays, independent of the kernel. */
import { Matrix, solve } from "ml-matrix";

/**
 * Currents that reach the outputs per unit of each input: [out x in].
 *
 * @param g [out x in], conductances of g_max
 * @param rowSegment resistance of segment `output` of input line `input` (0: from the driver), of 1 / g_max
 * @param columnSegment likewise of output line `output`, behind input `input`
 */
export function networkMatrix(
  g: ArrayLike<number>,
  outputs: number,
  inputs: number,
  rowSegment: (input: number, output: number) => number,
  columnSegment: (output: number, input: number) => number,
): number[] {
  const row = (j: number, i: number) => 2 * (j * inputs + i),
    column = (j: number, i: number) => row(j, i) + 1;
  const nodes = 2 * outputs * inputs, admittance = Matrix.zeros(nodes, nodes);
  const drive = Matrix.zeros(nodes, inputs);
  const add = (a: number, b: number, conductance: number, sign: number) =>
    admittance.set(a, b, admittance.get(a, b) + sign * conductance);
  const join = (a: number, b: number | null, conductance: number) => {
    add(a, a, conductance, 1);
    if (b === null) return;
    add(b, b, conductance, 1);
    add(a, b, conductance, -1);
    add(b, a, conductance, -1);
  };
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      join(row(j, i), column(j, i), g[j * inputs + i]);
      const ahead = 1 / rowSegment(i, j), behind = 1 / columnSegment(j, i);
      join(row(j, i), j === 0 ? null : row(j - 1, i), ahead);
      if (j === 0) drive.set(row(j, i), i, ahead);
      join(column(j, i), i === inputs - 1 ? null : column(j, i + 1), behind);
    }
  }
  const voltages = solve(admittance, drive);
  return Array.from({ length: outputs }, (_, j) =>
    Array.from(
      { length: inputs },
      (_, i) => voltages.get(column(j, inputs - 1), i) / columnSegment(j, inputs - 1),
    )).flat();
}
