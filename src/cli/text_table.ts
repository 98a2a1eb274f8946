/** Columns padded to their widest entry: numbers to the right, everything else to the left. */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const isNumber = head.map((_, c) => rows.every((row) => /^[-+\d.]*$/.test(String(row[c]))));
  const pad = (text: string, c: number) =>
    isNumber[c] ? text.padStart(widths[c]) : text.padEnd(widths[c]);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
