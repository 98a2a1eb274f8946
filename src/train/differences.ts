/** What JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** One line for each leaf in which `found`, read from a file, is not as `wanted`; none where all are equal. */
export function differences(found: unknown, wanted: Json, path = ""): string[] {
  if (isObject(found) && isObject(wanted)) {
    const keys = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
    return keys.flatMap((key) =>
      differences(found[key], wanted[key] as Json, path ? `${path}.${key}` : key)
    );
  }
  const text = (value: unknown) => JSON.stringify(value) ?? "not stated";
  return text(found) === text(wanted)
    ? []
    : [`${path} is ${text(found)} there and ${text(wanted)} here`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value);
