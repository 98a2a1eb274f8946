/** Search curves of the page are the study's. */
import assert from "node:assert/strict";
import { openStudy } from "@/analyse/mod.ts";
import { parseSearchAddress, searchAddress, searchSection } from "@/explorer/searches.ts";
import { searchPackOf } from "@/site/mod.ts";

const study = await openStudy(), pack = searchPackOf(study);

Deno.test("a curve's points are the means of what runs found, judged by guide and target", () => {
  const guided = pack.curves.filter(({ guide }) => guide === "baseline");
  assert.deepEqual([...new Set(guided.map(({ judge }) => judge))], ["baseline", "hwt@1d"]);
  for (const judge of ["baseline", "hwt@1d"]) {
    const own = guided.find((c) => c.method === "local_search" && c.judge === judge)!;
    const point = own.points.find(({ query }) => query === 100)!;
    const found = study.searchStudy.found(
      { method: "local_search", guide: "baseline", judge },
      100,
    );
    const mean = found.reduce((sum, v) => sum + v, 0) / found.length;
    assert.ok(Math.abs(point.mean - mean) < 1e-9 && own.runs === found.length);
    assert.ok(point.low < mean && mean < point.high);
  }
});

Deno.test("an address names guide, judge and methods; a wrong one is a sentence and the target", () => {
  const place = { guide: "hwt", judge: "hwt@1d", methods: ["bananas"] };
  assert.deepEqual(parseSearchAddress("#" + searchAddress(place), pack, "hwt@1d"), {
    place,
    fault: "",
  });
  const { place: other, fault } = parseSearchAddress("#guide=nonsense", pack, "hwt@1d");
  assert.equal(other.guide, "hwt@1d");
  assert.match(fault, /No search was guided by “nonsense”/);
  assert.ok(other.methods.length === 4);
  assert.match(searchSection(pack, place), /data-method="bananas" checked/);
});
