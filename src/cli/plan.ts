/** `deno task plan`: writes the list of units of a study. */
import { closest } from "fastest-levenshtein";
import { familyPlan, openStudy } from "../analyse/mod.ts";
import { writeFileAtomically } from "../atomic_write.ts";
import { InputError } from "../input_error.ts";
import {
  analogNasStudyPlan,
  anchorPlan,
  collapsePlan,
  dartsStudyPlan,
  fullSpacePlan,
  generalityPlan,
  miniaturePlan,
  type Plan,
  replicationPlan,
  resNetStudyPlan,
  scalePlan,
  unitArchitecture,
} from "../measure/mod.ts";
import { readValues } from "../paper/mod.ts";
import { loadReference } from "../table/mod.ts";
import { command, expectWritableFile, main, parseSeed, userPath } from "./command.ts";

/** Studies whose cells are chosen from the published table. */
const CHOSEN = { replication: replicationPlan, scale: scalePlan, collapse: collapsePlan };

/** Studies that nothing is chosen for. */
const FIXED = {
  full_space: fullSpacePlan,
  miniature: miniaturePlan,
  resnet: resNetStudyPlan,
  analognas: analogNasStudyPlan,
  darts: dartsStudyPlan,
  anchor: anchorPlan,
};

/** Families for the contrasts that are open, as many as the budget carries; says what they cost and take. */
async function generality(seed: number): Promise<Plan> {
  const { power, benchmark } = await openStudy();
  const unit_core_s = Number((await readValues("paper/values.json"))["cost.unit_core_s"]);
  const { families, units, core_hours, wanted, wanted_core_hours } = familyPlan(power, unit_core_s);
  for (const { finding, effect, pairs, pairs_to_tell, measured } of power) {
    console.log(
      `${finding}: published ${
        effect.toFixed(2)
      } points; ${measured} pairs measured, ${pairs_to_tell} tell it ` +
        `from none, ${pairs[1]} give an interval half as wide (${pairs[3]} of three seeds)`,
    );
  }
  console.log(
    `${families} families, ${units} units, ${core_hours.toFixed(1)} core-hours; ` +
      `${wanted} families are wanted, ${wanted_core_hours.toFixed(0)} core-hours`,
  );
  return generalityPlan({ baseline_pct: benchmark.accuracy("baseline") }, seed, families);
}

async function study(name: string, seed: number): Promise<Plan> {
  if (name === "generality") return await generality(seed);
  if (Object.hasOwn(FIXED, name)) return FIXED[name as keyof typeof FIXED]();
  if (!Object.hasOwn(CHOSEN, name)) {
    const known = [...Object.keys(CHOSEN), ...Object.keys(FIXED), "generality"];
    throw new InputError(
      `No study "${name}"; did you mean ${closest(name, known)}? Studies are: ${known.join(", ")}.`,
    );
  }
  const published = await loadReference();
  return CHOSEN[name as keyof typeof CHOSEN]({
    baseline_pct: published.accuracy("baseline"),
    hwt30d_pct: published.accuracy("hwt@30d"),
  }, seed);
}

const program = command("plan", "Writes the units of a study: cells, seeds, protocols, configs.")
  .argument(
    "[study]",
    "replication, scale (some of its cells, longer, deeper or wider), collapse (pairs for deno task collapse), full_space (all 15,625 cells), miniature (a trial of a minute), resnet (skips, width and depth of ResNets), analognas (branches of its networks), darts (one edge of the normal cell), anchor (a network held against one that was measured on hardware), or generality (more matched families, as many as 40 core-hours carry)",
    "replication",
  )
  .option("--seed <n>", "of the choice of cells", parseSeed, 0)
  .option("--out <file>", "the plan (default: data/measured/<study>/plan.json)", userPath)
  .action(async (name: string, options: { seed: number; out?: string }) => {
    const plan = await study(name, options.seed);
    const out = options.out ?? `data/measured/${plan.study}/plan.json`;
    await expectWritableFile(out);
    await writeFileAtomically(out, JSON.stringify(plan, null, 2) + "\n");
    const cells = new Set(plan.units.map((unit) => unitArchitecture(unit).text)).size;
    console.log(`${out}: ${plan.units.length} units, ${cells} networks`);
  });

await main(program);
