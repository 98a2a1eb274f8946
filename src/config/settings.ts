/** Every setting of a config with its default, unit, range, description and source, from the schema. */
import { z } from "zod";
import { schema } from "./schema.ts";

/** One setting, as a person reads it. */
export interface Setting {
  /** Its place in a config, e.g. "hardware.adc.bits". */
  readonly name: string;
  /** What it is where a config does not say: a value as JSON writes it, or words on what it depends on. */
  readonly defaultText: string;
  /** Unit of a number; "" where it has none. */
  readonly unit: string;
  /** What is allowed: the bounds of a number, or the words. */
  readonly range: string;
  readonly description: string;
  /** Where the default comes from. */
  readonly source: string;
}

/** A node of the JSON schema that zod writes, with the words of `.meta`. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly items?: Node;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly description?: string;
  readonly unit?: string;
  readonly source?: string;
  readonly defaultText?: string;
}

/** A part of a config, e.g. "hardware", and the settings in it. */
export interface Part {
  readonly name: string;
  readonly description: string;
  readonly settings: readonly Setting[];
}

/** The parts of a config in their order; a setting that is in none is a part of its own. */
export function configParts(): readonly Part[] {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;
  return Object.entries(root.properties!).map(([name, node]) => ({
    name,
    description: node.description ?? "",
    settings: below(node, [name], "this workspace"),
  }));
}

/** All settings, in the order of a config. */
export const settings = (): readonly Setting[] => configParts().flatMap((part) => part.settings);

/** The settings below a node; a source holds for all that is below it. */
function below(node: Node, path: readonly string[], source: string): readonly Setting[] {
  const children = childrenOf(node);
  if (children.length > 0) {
    return children.flatMap(([name, child]) =>
      below(child, [...path, name], node.source ?? source)
    );
  }
  const { description = "", unit = "", default: given } = node;
  const defaultText = node.defaultText ?? JSON.stringify(given);
  const range = rangeOf(node), name = path.join(".");
  return [{ name, defaultText, unit, range, description, source: node.source ?? source }];
}

/** Properties of an object, or of all the objects that it may be; those of one name become one. */
function childrenOf(node: Node): [string, Node][] {
  const children = new Map<string, Node>();
  for (const kind of [node, ...node.oneOf ?? [], ...node.anyOf ?? []]) {
    for (const [name, child] of Object.entries(kind.properties ?? {})) {
      const before = children.get(name);
      const sourced = kind.source === undefined ? child : { source: kind.source, ...child };
      children.set(name, before === undefined ? sourced : joined(before, sourced));
    }
  }
  return [...children];
}

/** A setting of two kinds of a thing: the words of the first, the values of both. */
function joined(a: Node, b: Node): Node {
  const values = [...a.enum ?? [a.const], ...b.enum ?? [b.const]].filter((v) => v !== undefined);
  return values.length === 0 ? a : { ...b, ...a, enum: values as string[] };
}

/** What a number, a word, a list may be, in words. */
function rangeOf(node: Node): string {
  const words = node.enum ?? (node.const === undefined ? null : [String(node.const)]);
  if (words !== null) return words.join(" | ");
  if (node.type === "boolean") return "true | false";
  if (node.type === "array") return `a list, each ${rangeOf(node.items!)}`;
  if (node.anyOf !== undefined) return node.anyOf.map(rangeOf).join(", or ");
  if (node.type === "null") return "null";
  const { minimum: least, exclusiveMinimum: above, exclusiveMaximum: under } = node;
  const most = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  const bounds = least !== undefined && most !== undefined ? [`${least} to ${most}`] : [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
    ...(under === undefined ? [] : [`below ${under}`]),
  ];
  return [...(node.type === "integer" ? ["whole"] : []), ...bounds].join(", ") || "any number";
}
