/** The networks of a memory: what was measured on other test images counts by its distance to the baseline there. */
import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { networksOf } from "@/analyse/generality/networks.ts";
import { SOURCES } from "@/contrast/mod.ts";
import { archStr, cellAt } from "@/space/mod.ts";
import { loadReference, type Measured } from "@/table/mod.ts";
import { type Condition, metricText, type Row } from "@/table/schema.ts";

Deno.test("what quantization loses on a memory is what it lost on the images that it was measured on", async () => {
  const benchmark = await loadReference(), cell_index = 7_000;
  const row = (source: string, condition: Condition, accuracy_pct: number, at?: number): Row => ({
    space: "nas_bench_201",
    arch_str: archStr(cellAt(cell_index)),
    ...{ cell_index, condition, t_inference_s: at ?? null },
    ...{ metric: metricText(condition, at ?? null), repeat: null, seed: 0 },
    ...{ protocol: "as_published", source, config_id: source, accuracy_pct },
    ...{ simulator: at === undefined ? null : "crosssim" },
    ...{ device: at === undefined ? null : "pcm_joshi", accuracy_sd_pct: null },
    ...{ repeats: 1, repeat_varies: "none" },
  });
  const study = studyOf({
    benchmark,
    measured: {
      ...studyOf({ benchmark }).measured,
      replication: [
        row("replication", "baseline", 80),
        row("replication", "ptq", 79),
        row("replication", "qat", 77),
      ],
      devices: {
        rows: [
          row("devices", "baseline", 70), // other images, ten points harder
          row("devices", "ptq", 69.5),
          row("devices", "noisy", 60, 27),
        ],
        settings: [{ setting: "crosssim", value: "pcm_joshi", config_id: "devices" }],
        untested: [],
      },
    } as Measured,
  });
  const networks = networksOf(study, SOURCES.find(({ id }) => id === "crosssim_pcm_joshi")!);
  const of = (condition: Condition, at?: number) => [...networks.accuracy(condition, at)];
  assert.deepEqual([of("baseline"), of("ptq"), of("noisy", 27)], [[70], [69.5], [60]]);
  assert.deepEqual(of("qat"), [67], "three points below the baseline, as where it was measured");
});
