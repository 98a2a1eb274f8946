/**
 * The index that NAS-Bench-201's own files and API give a cell. It is not this workspace's cell_index: its
 * authors listed all cells and shuffled the list once. The rule is in the script that made their meta file
 * (xautodl, `exps/NAS-Bench-201/main.py`): cells in the order of itertools.product over the operations, none,
 * skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3, edges as in the string; then Python's
 * `random.seed(88); random.shuffle(cells)`. The script asserts three cells of the outcome.
 */
import { type Cell, CELL_COUNT, cellAt, cellIndex } from "./cell.ts";
import type { Operation } from "./operation.ts";

/** Our number of each operation, in NAS-Bench-201's order. */
const THEIR_OPERATIONS: readonly Operation[] = [1, 0, 3, 2, 4];
/** Our edge at each place of the NAS-Bench-201 string. */
const THEIR_EDGES = [0, 1, 3, 2, 4, 5] as const;
const SEED = 88;

/** cell_index by NAS-Bench-201's index [15625], and the other way round. */
const CELLS = shuffled(Uint16Array.from({ length: CELL_COUNT }, (_, k) => listedCell(k)), SEED);
const INDICES = new Uint16Array(CELL_COUNT);
CELLS.forEach((cell, index) => INDICES[cell] = index);

/** NAS-Bench-201's own index of a cell, 0..15624. */
export function nasBench201Index(cell: Cell): number {
  return INDICES[cellIndex(cell)];
}

/** The cell that NAS-Bench-201 has at `index` (0..15624). Throws InputError elsewhere. */
export function cellAtNasBench201Index(index: number): Cell {
  cellAt(index); // refuses what is no index
  return cellAt(CELLS[index]);
}

/** cell_index of the cell at place `k` of the authors' list before it was shuffled. */
function listedCell(k: number): number {
  const cell = new Array<Operation>(THEIR_EDGES.length);
  for (let place = THEIR_EDGES.length - 1, rest = k; place >= 0; place--) {
    cell[THEIR_EDGES[place]] = THEIR_OPERATIONS[rest % 5];
    rest = Math.floor(rest / 5);
  }
  return cellIndex(cell as unknown as Cell);
}

/** `values` as Python's `random.shuffle` leaves them after `random.seed(seed)`. */
function shuffled(values: Uint16Array, seed: number): Uint16Array {
  const next = mersenneTwister(seed);
  for (let i = values.length - 1; i > 0; i--) {
    const bits = 32 - Math.clz32(i + 1);
    let j = next() >>> (32 - bits);
    while (j > i) j = next() >>> (32 - bits);
    [values[i], values[j]] = [values[j], values[i]];
  }
  return values;
}

/**
 * 32-bit numbers of MT19937 as Python seeds it with a small whole number (Matsumoto & Nishimura 1998,
 * `init_by_array` of one word).
 */
function mersenneTwister(seed: number): () => number {
  const N = 624, M = 397, state = new Uint32Array(N);
  state[0] = 19650218;
  const mixed = (i: number, factor: number) =>
    Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), factor);
  for (let i = 1; i < N; i++) state[i] = mixed(i, 1812433253) + i;
  let i = 1;
  const advance = () => {
    if (++i < N) return;
    state[0] = state[N - 1];
    i = 1;
  };
  for (let k = 0; k < N; k++) {
    state[i] = (state[i] ^ mixed(i, 1664525)) + seed;
    advance();
  }
  for (let k = 1; k < N; k++) {
    state[i] = (state[i] ^ mixed(i, 1566083941)) - i;
    advance();
  }
  state[0] = 0x80000000;
  let at = N;
  return () => {
    if (at === N) {
      for (let k = 0; k < N; k++) {
        const y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
        state[k] = state[(k + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
