/**
 * Docstrings quoted in Markdown. A template says `{{doc study.kendall}}`; the page made from it has the call, with the
 * names of its arguments, and what the code says of it, so that a page cannot tell another story than the code.
 */
import { InputError } from "../input_error.ts";

/** The module that hands on names of the others: asked together with them it would leave those out. */
const SHARED = "src/mod.ts";

/** Where names of the notebooks are declared: an interface's members, or a module's exports. */
const SOURCES: Readonly<
  Record<string, readonly (readonly [module: string, owner?: string])[]>
> = {
  "": [[SHARED]],
  study: [
    ["src/analyse/study.ts", "StudyData"],
    ["src/analyse/table/statistics.ts", "TableStatistics"],
    ["src/analyse/claims/statistics.ts", "ClaimStatistics"],
    ["src/analyse/search/statistics.ts", "SearchStatistics"],
    ["src/analyse/replication/statistics.ts", "ReplicationStatistics"],
  ],
  cells: [["src/analyse/table/cells.ts", "Cells"]],
  unit: [["src/unit.ts", "Unit"]],
  benchmark: [["src/table/reference.ts", "Benchmark"]],
  show: [["src/figure/notebook/mod.ts"]],
  config: [["src/config.ts"]],
  ...Object.fromEntries(
    ["space", "dataset", "network", "train", "quantize", "analog", "search", "stats"]
      .map((room) => [room, [[`src/${room}/mod.ts`]]]),
  ),
};

interface Parameter {
  readonly name?: string;
  readonly optional?: boolean;
  readonly kind?: string;
  readonly left?: Parameter;
}
/** A name with its docstring and, where it is called, its parameters. */
interface Entry {
  readonly name: string;
  readonly jsDoc?: { readonly doc?: string };
  readonly params?: readonly Parameter[];
}
interface Definition {
  readonly params?: readonly Parameter[];
  readonly methods?: readonly Entry[];
  readonly properties?: readonly Entry[];
}
/** An exported symbol as `deno doc` describes it; of its declarations what is read here. */
export interface Declared {
  readonly name: string;
  readonly declarations: readonly {
    readonly declarationKind: string;
    readonly jsDoc?: { readonly doc?: string };
    readonly kind: string;
    readonly location: { readonly filename: string; readonly line: number };
    readonly def?: Definition;
  }[];
}
/** Gives the exported symbols of a module by its path. */
export type DocReader = (module: string) => Promise<readonly Declared[]>;

/**
 * `template` with each `{{doc NAME}}` replaced. Throws InputError for a name that is not there or has no docstring.
 *
 * @param read shared by pages that quote the same modules
 */
export async function withDocstrings(
  template: string,
  path: string,
  read: DocReader = docReader(),
): Promise<string> {
  const names = [...template.matchAll(/\{\{doc (\S+?)\}\}/g)].map(([, name]) => name);
  const roots = [...new Set(names.map(rootOf))];
  const entries = new Map(
    await Promise.all(roots.map(async (root) => [root, await entriesOf(root, read)] as const)),
  );
  return template.replaceAll(/\{\{doc (\S+?)\}\}/g, (_, name: string) => {
    const root = rootOf(name), member = root === "" ? name : name.slice(root.length + 1);
    const entry = entries.get(root)!.find((entry) => entry.name === member);
    if (!entry?.jsDoc?.doc) {
      throw new InputError(
        `${path} quotes the docstring of ${name}, which has none or is not there.`,
      );
    }
    const call = entry.params === undefined ? "" : `(${entry.params.map(argument).join(", ")})`;
    return `**\`${name}${call}\`**: ${entry.jsDoc.doc.trim()}`;
  });
}

const rootOf = (name: string) => name.includes(".") ? name.split(".")[0] : "";

/** How a parameter is written in a call; one that is taken apart is an object. */
function argument({ name, optional, kind, left }: Parameter): string {
  if (left) return `${argument(left)}?`;
  return `${kind === "rest" ? "...values" : name ?? "{ ... }"}${optional ? "?" : ""}`;
}

async function entriesOf(root: string, read: DocReader): Promise<Entry[]> {
  const sources = SOURCES[root];
  if (sources === undefined) throw new InputError(`No place of names is called "${root}".`);
  const found = await Promise.all(sources.map(async ([module, owner]) => {
    const symbols = await read(module);
    if (owner === undefined) {
      return symbols.map(({ name, declarations: [first] }): Entry => ({
        name,
        ...(first.jsDoc && { jsDoc: first.jsDoc }),
        ...(first.kind === "function" && { params: first.def?.params ?? [] }),
      }));
    }
    const def = symbols.find(({ name }) => name === owner)!.declarations[0].def!;
    const methods = def.methods ?? [];
    return [
      ...methods.map((method) => ({ ...method, params: method.params ?? [] })),
      ...def.properties ?? [],
    ];
  }));
  return found.flat();
}

/** Asks `deno doc` for all modules that pages quote at once: they share most of what it reads. */
export function docReader(): DocReader {
  const modules = [...new Set(Object.values(SOURCES).flat().map(([module]) => module))]
    .filter((module) => module !== SHARED);
  const asked = new Map<string, ReturnType<typeof symbolsOf>>();
  return async (module) => {
    const group = module === SHARED ? [SHARED] : modules, [key] = group;
    const known = asked.get(key) ?? symbolsOf(group);
    asked.set(key, known);
    return (await known)[group.indexOf(module)];
  };
}

/** The exported symbols of a module, as `deno doc` finds them. */
export async function documented(module: string): Promise<readonly Declared[]> {
  const [symbols] = await symbolsOf([module]);
  return symbols;
}

/** The exported symbols of each module, paths below the workspace's folder. */
async function symbolsOf(modules: readonly string[]): Promise<readonly (readonly Declared[])[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...modules],
  }).output();
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
  const found = Object.entries(nodes as Record<string, { symbols: readonly Declared[] }>);
  return modules.map((module) => found.find(([url]) => url.endsWith(`/${module}`))![1].symbols);
}
