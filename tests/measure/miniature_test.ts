/** The whole study in small, on real images: two cells from nothing to the figures. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { CACHE } from "@/cache.ts";
import { drawFigure, type FigureId } from "@/figure/mod.ts";
import { costs, replicationValues, studyOf } from "@/analyse/mod.ts";
import { type PartialConfig, resolveConfig } from "@/config.ts";
import { miniaturePlan, planUnit } from "@/measure/mod.ts";
import { loadReference, readMeasured, readUnits } from "@/table/mod.ts";
import { runCommand } from "../cli/run.ts";

Deno.test("two cells from nothing to figures", async () => {
  const folder = await Deno.makeTempDir({ prefix: "miniature_" });
  const plan = join(folder, "replication", "plan.json");
  const task = async (file: string, ...args: string[]) => {
    const { code, out, err } = await runCommand(file, args);
    assert.equal(code, 0, `${file}: ${err}`);
    return out;
  };
  await task("plan.ts", "miniature", "--out", plan);
  const { configs, units } = miniaturePlan();
  // A study of this process alone, so that nothing of an earlier test is taken up.
  const own = { version: 1, study: `miniature_${Deno.pid}`, configs, units };
  assert.deepEqual({ ...JSON.parse(await Deno.readTextFile(plan)), study: own.study }, own);
  const sound = resolveConfig({ ...configs.tiny as PartialConfig, protocol: "corrected" });
  const both = {
    ...own,
    configs: { ...configs, sound },
    units: [...units, ...units.map((unit) => planUnit(unit.cell_index!, 0, "sound", "protocol"))],
  };
  await Deno.writeTextFile(plan, JSON.stringify(both));

  assert.match(
    await task("run.ts", "--plan", plan, "--jobs", "2"),
    /4 units measured now, 0 of 4 left/,
  );
  assert.match(await task("collect.ts", "--plan", plan), /52 rows of 4 of 4 units/);
  await task("ablate.ts", "ablation", "--plan", plan);
  await task("ablate.ts", "protocols", "--plan", plan);

  const measured = await readMeasured(folder), published = await loadReference();
  assert.equal(measured.replication.length, 4 * 13);
  for (const { accuracy_pct } of measured.replication) assert.ok(accuracy_pct > 5);
  // Two read-outs before programming and two after 1 day, of each cell under each setting.
  assert.equal(measured.ablation.rows.length, measured.ablation.settings.length * 2 * 4);
  assert.ok(measured.ablation.settings.length > 30);
  // The same and two digital ones; of HWT trained again only its own two.
  const { settings, rows, untested } = measured.protocols;
  const rowsOf = (setting: string) => /^hwt/.test(setting) ? 2 : 6;
  assert.equal(rows.length, settings.reduce((sum, { setting }) => sum + 2 * rowsOf(setting), 0));
  assert.ok(settings.length === 9 && untested.length === 1, "each oddity tested, or said why not");

  const said: [FigureId, RegExp][] = [
    ["replication", /2 cells measured here/],
    ["ablation", /2 cells trained once/],
    ["protocols", /2 cells trained under the published protocol.*all together: 2 cells/],
  ];
  for (const [id, words] of said) {
    const { json, svg, png } = await drawFigure(id, studyOf({ benchmark: published, measured }));
    const { title, subtitle } = JSON.parse(json);
    assert.match(`${title} ${subtitle}`, words);
    assert.ok(svg.startsWith("<svg") && (await png()).length > 10_000);
  }
  const numbers = Object.fromEntries(
    replicationValues(studyOf({ benchmark: published, measured })),
  );
  assert.equal(numbers["replication.cells"], 2);
  assert.equal(numbers["replication.claim.hwt_closes_gap"], "not tested", "two cells are too few");
  const replication = await readUnits("replication", folder);
  const cost = costs({ units: { replication }, step_core_s: 2 });
  assert.ok(Number(cost["cost.unit_core_s"]) > 1);

  await Deno.remove(folder, { recursive: true });
  await Deno.remove(join(CACHE, "studies", own.study), { recursive: true });
  for (const study of ["ablation", "protocols"]) {
    for await (const { name } of Deno.readDir(join(CACHE, "studies", study))) {
      const remembered = join(CACHE, "studies", study, name);
      if (name.includes("-tiny-")) await Deno.remove(remembered, { recursive: true });
    }
  }
});
