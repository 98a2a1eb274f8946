/** The surface of the notebooks: few names, and a docstring for each name within reach. */
import assert from "node:assert/strict";
import { documented } from "@/cli/docstrings.ts";

/** What notebooks import. Longer means harder to remember: think before adding to it. */
const NAMES = [
  "analog",
  "aq",
  "config",
  "dataset",
  "network",
  "openStudy",
  "openUnit",
  "pl",
  "quantize",
  "search",
  "show",
  "space",
  "stats",
  "train",
  "vl",
];

/** Namespaces of other people's libraries, documented by them. */
const LIBRARIES = ["aq", "pl", "vl"];

Deno.test("notebooks import a few names", async () => {
  const surface = await import("@/mod.ts");
  assert.deepEqual(Object.keys(surface).sort(), NAMES);
});

Deno.test("every name on the surface has a docstring", async () => {
  const rooms = ["analog", "dataset", "network", "quantize", "search", "space", "stats", "train"];
  const modules = [
    "src/mod.ts",
    "src/config.ts",
    "src/figure/notebook/mod.ts",
    ...rooms.map((room) => `src/${room}/mod.ts`),
  ];
  const faults: string[] = [];
  for (const module of modules) {
    const symbols = await documented(module);
    assert.ok(symbols.length > 2, module);
    for (const { name, declarations } of symbols) {
      const exported = declarations.some(({ declarationKind }) => declarationKind === "export");
      if (!exported || LIBRARIES.includes(name)) continue;
      if (!declarations.some(({ jsDoc }) => jsDoc?.doc)) {
        const [{ location }] = declarations;
        faults.push(`${name}, ${location.filename.split("/src/")[1]}:${location.line + 1}`);
      }
    }
  }
  assert.deepEqual([...new Set(faults)], []);
});

Deno.test("every member of the study, of its cells and of a unit has a docstring", async () => {
  const records = {
    "src/analyse/study.ts": ["StudyData"],
    "src/analyse/table/statistics.ts": ["TableStatistics"],
    "src/analyse/claims/statistics.ts": ["ClaimStatistics"],
    "src/analyse/search/statistics.ts": ["SearchStatistics"],
    "src/analyse/replication/statistics.ts": ["ReplicationStatistics"],
    "src/analyse/table/cells.ts": ["Cells"],
    "src/unit.ts": ["Unit"],
  };
  const faults: string[] = [];
  for (const [module, names] of Object.entries(records)) {
    const symbols = await documented(module);
    for (const name of names) {
      const [{ def }] = symbols.find((symbol) => symbol.name === name)!.declarations;
      const members = [...def?.properties ?? [], ...def?.methods ?? []];
      assert.ok(members.length > 1, name);
      faults.push(
        ...members.filter(({ jsDoc }) => !jsDoc?.doc).map((member) => `${name}.${member.name}`),
      );
    }
  }
  assert.deepEqual(faults, []);
});
