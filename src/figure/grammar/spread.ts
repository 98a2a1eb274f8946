/** Labels that touch, from the top. */
interface Block {
  readonly members: readonly number[];
  readonly top: number;
}

/**
 * Positions for labels that must not overlap: each at its value, and those that would come closer than `gap`
 * side by side around the mean of their values. Any order; the result keeps the order of `values`.
 */
export function spread(values: readonly number[], gap: number): number[] {
  const blocks: Block[] = [];
  for (const i of values.map((_, i) => i).sort((a, b) => values[b] - values[a])) {
    let block: Block = { members: [i], top: values[i] };
    for (let above = blocks.at(-1); above && overlap(above, block, gap); above = blocks.at(-1)) {
      block = joined([...blocks.pop()!.members, ...block.members], values, gap);
    }
    blocks.push(block);
  }
  const placed = new Array<number>(values.length);
  for (const { members, top } of blocks) members.forEach((i, k) => placed[i] = top - k * gap);
  return placed;
}

const overlap = (above: Block, below: Block, gap: number) =>
  above.top - above.members.length * gap < below.top;

/** The block whose labels are, in the mean, where their values are. */
function joined(members: readonly number[], values: readonly number[], gap: number): Block {
  const top = members.reduce((sum, i, k) => sum + values[i] + k * gap, 0) / members.length;
  return { members, top };
}
