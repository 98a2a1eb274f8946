import assert from "node:assert/strict";
import { studyOf } from "@/analyse/mod.ts";
import { listedInWords, type ListedNetwork } from "@/analyse/generality/listed.ts";
import type { Spent, UnitRecord } from "@/table/mod.ts";
import { studyWith, unitRows } from "./made_up_rows.ts";

const SMALL = "resnet:1x8-1x16-1x32:A", LARGE = "resnet:1x12-1x24-1x48:A";
const rows = [
  ...unitRows("resnet", SMALL, 0, { baseline: 60, "noisy@1d": 30, "hwt@1d": 50, "hwt@30d": 1 }),
  ...unitRows("resnet", SMALL, 1, { baseline: 64, "noisy@1d": 34, "hwt@1d": 51 }),
  ...unitRows("resnet", LARGE, 0, { baseline: 70, "noisy@1d": 40, "hwt@1d": 65 }),
  ...unitRows("resnet", "resnet:1x8-1x16-1x32:B", 0, { baseline: 99 }),
];
const unit = (architecture: string, analog_share_pct: number) =>
  ({ cell_index: null, architecture, analog_share_pct, core_seconds: {} }) as unknown as UnitRecord;

Deno.test("a network is listed once, mean over its seeds, with the share of its weights on crossbars", async () => {
  const { benchmark, measured } = await studyWith({ resnet: rows });
  const units = { resnet: { planned: 3, finished: [unit(SMALL, 100), unit(SMALL, 100)] } };
  const spent = { units, step_core_s: 1 } as unknown as Spent;
  const listed = studyOf({ benchmark, measured, spent }).listedNetworks;
  const about = { space: "resnet", label: "ResNet" };
  // the third has no accuracy after a day and is left out; the second no record
  assert.deepEqual(listed, [
    {
      ...{ ...about, network: SMALL, analog_share_pct: 100 },
      ...{ baseline_pct: 62, noisy_1d_pct: 32, hwt_1d_pct: 50.5 },
    },
    {
      ...{ ...about, network: LARGE, analog_share_pct: null },
      ...{ baseline_pct: 70, noisy_1d_pct: 40, hwt_1d_pct: 65 },
    },
  ]);
});

Deno.test("the share is found whichever way the unit wrote the network", async () => {
  const { benchmark, measured } = await studyWith({ resnet: rows });
  const units = { resnet: { planned: 1, finished: [unit("resnet:1x08-1x16-1x32:A", 87.5)] } };
  const spent = { units, step_core_s: 1 } as unknown as Spent;
  assert.equal(studyOf({ benchmark, measured, spent }).listedNetworks[0].analog_share_pct, 87.5);
});

Deno.test("in words a space has its numbers and its share, or is not measured", () => {
  const network = (label: string, analog_share_pct: number | null, hwt_1d_pct: number) =>
    ({
      ...{ space: label.toLowerCase(), label, network: "any", analog_share_pct },
      ...{ baseline_pct: 70, noisy_1d_pct: 20, hwt_1d_pct },
    }) as ListedNetwork;
  assert.equal(
    listedInWords([
      network("ResNet", 100, 60),
      network("ResNet", 100, 65.25),
      network("DARTS", 81.26, 50),
    ]),
    "ResNet: 2 networks, 70.0 % accurate digitally and 60.0 to 65.3 % a day after programming with " +
      "hardware-aware training, 100.0 % of the weights on crossbars. AnalogNAS: not measured yet. " +
      "DARTS: 1 network, 70.0 % accurate digitally and 50.0 % a day after programming with " +
      "hardware-aware training, 81.3 % of the weights on crossbars.",
  );
  assert.match(
    listedInWords([network("ResNet", 100, 60), network("ResNet", null, 60)]),
    /^ResNet: 2 networks.* an unknown share of the weights on crossbars\./,
  );
});
