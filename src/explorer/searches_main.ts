/** The program of the page of searches. */
import { metricLabel } from "../figure/grammar/metrics.ts";
import { MOST_CURVES } from "./curves.ts";
import { byId } from "./element.ts";
import { escaped } from "./html.ts";
import {
  parseSearchAddress,
  searchAddress,
  type SearchPack,
  type SearchPlace,
  searchSection,
} from "./searches.ts";

function start(): void {
  const pack = JSON.parse(byId("data").textContent!) as SearchPack;
  const guides = [...new Set(pack.curves.map(({ guide }) => guide))];
  const home = guides.includes("hwt@1d") ? "hwt@1d" : guides[0];
  const place = () => parseSearchAddress(location.hash, pack, home);
  const go = (next: Partial<SearchPlace>) =>
    location.hash = searchAddress({ ...place().place, ...next });
  const options = (values: readonly string[]) =>
    values.map((v) => `<option value="${escaped(v)}">${escaped(metricLabel(v))}</option>`).join("");
  const draw = () => {
    const { place: now, fault } = place();
    const judges = pack.curves.filter(({ guide }) => guide === now.guide).map(({ judge }) => judge);
    byId("guide").innerHTML = options(guides);
    byId("judge").innerHTML = options([...new Set(judges)]);
    byId<HTMLSelectElement>("guide").value = now.guide;
    byId<HTMLSelectElement>("judge").value = now.judge;
    const held = (document.activeElement as HTMLElement | null)?.dataset.method;
    byId("searches").innerHTML = searchSection(pack, now);
    byId("fault").textContent = fault;
    if (held !== undefined) document.querySelector<HTMLElement>(`[data-method="${held}"]`)?.focus();
  };
  byId("guide").addEventListener("change", (event) => {
    const guide = (event.target as HTMLSelectElement).value;
    go({ guide, judge: guide, methods: [] });
  });
  byId("judge").addEventListener("change", (event) => {
    go({ judge: (event.target as HTMLSelectElement).value, methods: [] });
  });
  byId("searches").addEventListener("change", (event) => {
    const { dataset, checked } = event.target as HTMLInputElement, { methods } = place().place;
    const rest = methods.filter((method) => method !== dataset.method);
    const next = checked ? [...rest, dataset.method!] : rest;
    if (next.length > MOST_CURVES || next.length === 0) {
      draw();
      byId("fault").textContent = next.length === 0
        ? "One method at least is drawn; choose another first."
        : `${MOST_CURVES} methods are drawn already; take one away first.`;
    } else go({ methods: next });
  });
  addEventListener("hashchange", draw);
  draw();
}

start();
