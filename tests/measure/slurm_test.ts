/**
 * A study on a real Slurm of one node, with real images: job arrays under MaxArraySize, a node that dies in
 * the middle, a unit that is lost and submitted again, and the collection that waits for all of them.
 */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { CACHE } from "@/cache.ts";
import { miniaturePlan, type Plan } from "@/measure/mod.ts";
import { readRows } from "@/table/mod.ts";
import { workFolder } from "@/cli/study_files.ts";
import { runCommand } from "../cli/run.ts";
import { slurmAvailable, startSlurm, until } from "./slurm_cluster.ts";

const available = await slurmAvailable();
if (!available) {
  console.log(
    "SKIPPED: the Slurm test. It needs root and Debian's packages slurmctld, slurmd, slurm-client, munge.",
  );
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

Deno.test({
  name: "a study survives a killed node on a real Slurm, and finds and resubmits a lost unit",
  ignore: !available,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "slurm_study_" });
    const plan: Plan = { ...miniaturePlan(), study: `slurm_test_${Deno.pid}` };
    const planPath = join(folder, "study", "plan.json");
    await Deno.mkdir(dirname(planPath));
    await Deno.writeTextFile(planPath, JSON.stringify(plan));
    const [first, second] = plan.units;
    const finished = (unit: { unit_id: string }) =>
      exists(join(folder, "study", "units", unit.unit_id));

    // Array indices end below MaxArraySize: with 1, every unit needs an array of its own.
    const cluster = await startSlurm(await Deno.makeTempDir({ prefix: "slurm_" }), 1);
    try {
      const submit = async (): Promise<string[]> => {
        const size = ["--memory", "1500M", "--cpus", "2", "--time", "10"];
        const { code, out, err } = await runCommand(
          "submit.ts",
          ["--plan", planPath, ...size],
          { env: cluster.env },
        );
        assert.equal(code, 0, err);
        const [arrays, last] = [out.match(/\(([\d, ]+)\); job (\d+) collects/)!]
          .map(([, arrays, last]) => [arrays.split(", "), last] as const)[0];
        return [...arrays, last];
      };
      const jobs = await submit();
      assert.equal(jobs.length, 3, "two arrays of one unit each, and the collection");
      await cluster.run("scancel", jobs[1]); // a unit is lost: here, by an administrator

      await until(() => exists(join(workFolder(plan, first), "ptq.json")), 300);
      await cluster.killNode();
      assert.equal(await finished(first), false, "the node died in the middle of the unit");
      await cluster.startNode();
      // Slurm lets a requeued job wait for two minutes. The test does not, but not at once either: Slurm
      // 22.05 aborts a job that starts before a node's second registration after its return.
      await new Promise((resolve) => setTimeout(resolve, 8_000));
      await cluster.run("scontrol", "update", `JobId=${jobs[0]}_0`, "StartTime=now");
      await until(() => finished(first), 300);
      const record = JSON.parse(
        await Deno.readTextFile(join(folder, "study", "units", first.unit_id, "unit.json")),
      );
      assert.equal(record.unit_id, first.unit_id);

      const collection = async () => (await cluster.run("squeue", "-h", "-o", "%i")).trim() === "";
      await until(collection, 300);
      const partial = await readRows(join(folder, "study", "rows.parquet"));
      assert.ok(partial.every(({ cell_index }) => cell_index === first.cell_index));
      assert.equal(await finished(second), false);

      assert.equal((await submit()).length, 2, "only what is missing is submitted again");
      await until(async () => await finished(second) && await collection(), 300);
      const rows = await readRows(join(folder, "study", "rows.parquet"));
      assert.equal(rows.length, 2 * 13);
      assert.match(
        (await runCommand("submit.ts", ["--plan", planPath])).out,
        /All 2 units .* finished/,
      );
    } finally {
      await cluster.stop();
      await Deno.remove(folder, { recursive: true });
      await Deno.remove(join(CACHE, "studies", plan.study), { recursive: true }).catch(() => {});
    }
  },
});
