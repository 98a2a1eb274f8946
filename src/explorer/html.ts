/** Text that goes into markup. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** `text` as it stands in HTML, in an attribute too. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ENTITIES[c]);
}

/** A whole number, thousands separated: "15,625". */
export const whole = (value: number): string => value.toLocaleString("en-US");

/** Two decimals, a true minus sign; `signed` gives a plus too. */
export function decimals(value: number, signed = false): string {
  const text = Math.abs(value).toFixed(2), zero = Number(text) === 0;
  return `${zero ? "" : value < 0 ? "−" : signed ? "+" : ""}${text}`;
}

/**
 * A table with a caption; the first cell of each row heads it. Cells are markup.
 *
 * @param order how the table is sorted by each column after the first, where it is
 */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  order: readonly ("ascending" | "descending" | null)[] = [],
): string {
  const row = ([first, ...rest]: readonly string[]) =>
    `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  const headings = head.map((cell, k) => {
    const sort = order[k - 1];
    return `<th scope="col"${sort ? ` aria-sort="${sort}"` : ""}>${cell}</th>`;
  });
  const label = caption.replace(/<[^>]*>/g, "").replaceAll('"', "&quot;");
  return `<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>` +
    `<caption>${caption}</caption><thead><tr>${headings.join("")}</tr></thead>` +
    `<tbody>${rows.map(row).join("")}</tbody></table></div>`;
}
