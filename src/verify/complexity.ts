/** Parameters and MACs of cells against xautodl's count. */
import { z } from "zod";
import { complexity, isCell, parseCell } from "../space/mod.ts";
import { type GoldenReport, readGolden, worstError } from "./report.ts";

const schema = z.object({
  C: z.number(),
  N: z.number(),
  classes: z.number(),
  rows: z.array(z.object({
    tuple: z.array(z.number()).refine(isCell),
    parameters: z.number(),
    flops_million: z.number(),
  })).nonempty(),
});

export async function checkComplexity(path: string): Promise<GoldenReport> {
  const { C, N, classes, rows } = await readGolden(path, schema);
  const counted = rows.map(({ tuple }) =>
    complexity(parseCell(`(${tuple.join(",")})`), { channels: C, cellsPerStage: N, classes })
  );
  const error = (name: string, actual: number[], expected: number[]) => ({
    name,
    error: worstError(actual, expected),
    tolerance: 0,
  });
  return {
    cases: rows.length,
    parts: [
      error("parameters", counted.map((c) => c.parameters), rows.map((row) => row.parameters)),
      error(
        "MACs",
        counted.map((c) => c.macs),
        rows.map((row) => Math.round(row.flops_million * 1e6)),
      ),
    ],
  };
}
