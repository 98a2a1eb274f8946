import assert from "node:assert/strict";
import { arrayTimes_s } from "@/config.ts";
import { ASKED, FINDINGS, RESNET_CONTRASTS, SOURCES } from "@/contrast/mod.ts";

const of = (finding: string, source: string) =>
  ASKED.find((asked) => asked.finding.id === finding && asked.source.id === source)!;

Deno.test("every finding is put to every source once", () => {
  const keys = ASKED.map(({ finding, source }) => `${finding.id} ${source.id}`);
  assert.equal(new Set(keys).size, FINDINGS.length * SOURCES.length);
  assert.equal(keys.length, FINDINGS.length * SOURCES.length);
});

Deno.test("what ResNets are asked is what their study was planned for, pairs, side and fewest", () => {
  const pairs = [
    ["skip_none", "skip_minus_none"],
    ["wider_drift", "width_12_minus_8"],
    ["conv3x3_conv1x1_drift", "kernels_33_minus_one_1x1"],
  ] as const;
  for (const [finding, id] of pairs) {
    const contrast = RESNET_CONTRASTS.find((c) => c.id === id)!;
    const { design, finding: { side, outcome } } = of(finding, "resnet");
    assert.deepEqual(design, {
      kind: "pairs",
      fewest: contrast.fewestPairs,
      pairs: contrast.pairs,
    });
    assert.equal(outcome, contrast.outcome);
    assert.equal(side === "below", contrast.side === "negative");
  }
});

Deno.test("a device is read at times that its data have, and has no drift where they are of one time", () => {
  for (const { simulator, device, read_s, drift_s } of SOURCES) {
    if (simulator !== "crosssim") continue;
    const times_s = arrayTimes_s(device as "sonos");
    assert.ok([read_s, ...drift_s ?? []].every((t) => times_s.includes(t)), device);
    assert.equal(drift_s === null, times_s.length === 1, device);
  }
  const { drift_s } = of("skip_none", "crosssim_sonos").source;
  assert.deepEqual(drift_s, [0, 432_000]); // five days, Xiao et al.'s last time
  for (const { finding, source, design } of ASKED) {
    if (finding.outcome === "drift_drop.hwt" && source.drift_s === null) {
      assert.equal(design.kind, "none", `${finding.id} ${source.id}`);
    }
  }
});

Deno.test("every reason why a source cannot be asked is said in words", () => {
  for (const { design } of ASKED) {
    if (design.kind === "none") assert.match(design.reason, /^[a-z].{15,}[^.]$/);
    else assert.ok(design.fewest >= 6);
  }
});
