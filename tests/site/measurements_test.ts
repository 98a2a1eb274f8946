/** Own measurements for the pages: means and intervals from rows, and any space shown. */
import assert from "node:assert/strict";
import { openMeasurements, packMeasurements } from "@/explorer/mod.ts";
import {
  narrowed,
  networksAddress,
  networkSection,
  networksTable,
  parseNetworksAddress,
  seriesOf,
} from "@/explorer/networks.ts";
import { shapeText, SPACE_VIEWS, spaceView } from "@/explorer/space_views.ts";
import { measurementsOf } from "@/site/mod.ts";
import { SPACES } from "@/space/mod.ts";
import { readMeasuredStudies, type Row } from "@/table/mod.ts";

const ROW: Row = {
  space: "resnet",
  arch_str: "resnet:1x8-1x16-1x32:A",
  cell_index: null,
  condition: "hwt",
  t_inference_s: 60,
  metric: "hwt@60s",
  repeat: null,
  seed: 0,
  protocol: "corrected",
  simulator: "aihwkit",
  device: "pcm",
  source: "here",
  config_id: "0123456789ab",
  accuracy_pct: 80,
  accuracy_sd_pct: 0.5,
  repeats: 5,
  repeat_varies: "read_and_output_noise+programming",
};
const of = (...rows: Row[]) =>
  measurementsOf([{ study: "made up", rows, settings: { "0123456789ab": "small" } }]);

const near = (value: number | null, wanted: number) =>
  assert.ok(value !== null && Math.abs(value - wanted) < 1e-3, `${value}, not ${wanted}`);

Deno.test("of one seed the interval is over repeats: Student's t with n - 1 degrees", () => {
  const [one, ...more] = of(ROW);
  assert.deepEqual(more, []);
  // t(0.975, 4) = 2.776445; 0.5 / sqrt(5) = 0.223607
  near(one.low_pct, 80 - 0.620832);
  near(one.high_pct, 80 + 0.620832);
  assert.deepEqual([one.count, one.varies], [5, "read and output noise, programming"]);
});

Deno.test("of several seeds it is over training, and the mean is theirs", () => {
  const rows = [80, 82, 87].map((accuracy_pct, seed) => ({ ...ROW, accuracy_pct, seed }));
  const [one, ...more] = of(...rows);
  assert.deepEqual(more, []);
  // mean 83, sd sqrt(13), t(0.975, 2) = 4.302653
  near(one.accuracy_pct, 83);
  near(one.low_pct, 83 - 4.302653 * Math.sqrt(13 / 3));
  assert.deepEqual([one.count, one.varies], [3, "training"]);
});

Deno.test("what was measured once has no interval; another memory is another measurement", () => {
  const digital: Row = {
    ...ROW,
    condition: "baseline",
    metric: "baseline",
    t_inference_s: null,
    simulator: null,
    device: null,
    accuracy_sd_pct: null,
    repeats: 1,
    repeat_varies: "none",
  };
  const found = of(digital, ROW, { ...ROW, simulator: "crosssim", device: "sonos" });
  assert.deepEqual(found.map(({ memory }) => memory), ["", "aihwkit pcm", "crosssim sonos"]);
  assert.deepEqual([found[0].low_pct, found[0].varies], [null, ""]);
  assert.equal(found[1].setting, "small");
});

Deno.test("every committed row is in the pages, through their text too", async () => {
  const studies = await readMeasuredStudies(), all = measurementsOf(studies);
  assert.ok(
    ["replication", "ablation", "protocols", "scale", "collapse", "devices"].every((name) =>
      studies.some(({ study }) => study === name)
    ),
  );
  assert.deepEqual(openMeasurements(JSON.parse(JSON.stringify(packMeasurements(all)))), all);
  const seen = all.reduce((sum, { varies, count }) => sum + (varies === "training" ? count : 1), 0);
  assert.equal(seen, studies.reduce((sum, { rows }) => sum + rows.length, 0));
  const names = all.filter(({ setting }) => /^[0-9a-f]{12}$/.test(setting));
  assert.deepEqual(names.map(({ study, setting }) => `${study} ${setting}`), []);
});

Deno.test("every space has a view that draws its example; another space shows its text", () => {
  for (const { id, example } of Object.values(SPACES)) {
    assert.ok(id in SPACE_VIEWS, id);
    const network = SPACES[id].canonical(example), view = spaceView(id);
    assert.ok(view.drawing(network).length > 100, id);
    assert.match(shapeText(id, network), /^Depth \d+/);
  }
  assert.match(spaceView("custom").drawing("a<b"), /a&lt;b/);
  assert.equal(shapeText("custom", "x"), "");
});

Deno.test("filters narrow the list, the address keeps them, and nothing left is a sentence", () => {
  const series = seriesOf(
    of(ROW, { ...ROW, arch_str: "resnet:2x8-1x16-1x32:A", device: "reram_wan2022" }),
  );
  const place = {
    network: "resnet:1x8-1x16-1x32:A",
    space: "resnet",
    study: "",
    memory: "aihwkit pcm",
    text: "1x8+&",
  };
  assert.deepEqual(parseNetworksAddress("#" + networksAddress(place)), place);
  const open = { ...place, text: "" };
  assert.deepEqual(narrowed(series, open).map(({ first }) => first.network), [ROW.arch_str]);
  assert.equal(narrowed(series, { ...open, memory: "" }).length, 2);
  assert.match(networksTable(narrowed(series, place), place, 10), /No measured network/);
  assert.match(networkSection([], "nothing<"), /Nothing was measured here of “nothing&lt;”/);
});

Deno.test("a network of another space is drawn, with its drift as a curve", () => {
  const rows = [60, 3600, 86_400].map((t_inference_s, k): Row => ({
    ...ROW,
    t_inference_s,
    metric: `hwt@${["60s", "1h", "1d"][k]}`,
    accuracy_pct: 80 - k,
  }));
  const markup = networkSection(of(...rows), ROW.arch_str);
  assert.match(markup, /<svg class="boxes"[^>]*aria-label="resnet:1x8-1x16-1x32:A/);
  assert.match(markup, /<svg class="curves"[^>]*80\.00, 79\.00, 78\.00/);
});
