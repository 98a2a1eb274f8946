/** The program of the page of measured networks. */
import { byId } from "./element.ts";
import { escaped } from "./html.ts";
import { type MeasurementPack, openMeasurements } from "./measurement.ts";
import {
  narrowed,
  networksAddress,
  networkSection,
  type NetworksPlace,
  networksTable,
  parseNetworksAddress,
  seriesOf,
} from "./networks.ts";
import { spaceView } from "./space_views.ts";

/** Lines at first, and how many more at a time. */
const LISTED = 100;
const FILTERS = ["space", "study", "memory"] as const;

function start(): void {
  const measurements = openMeasurements(JSON.parse(byId("data").textContent!) as MeasurementPack);
  const series = seriesOf(measurements);
  let shown = LISTED, drawn = "";
  const place = () => parseNetworksAddress(location.hash);
  const go = (next: Partial<NetworksPlace>) =>
    location.replace(`#${networksAddress({ ...place(), ...next })}`);
  const list = (now: NetworksPlace) => {
    const found = narrowed(series, now);
    byId("networks").innerHTML = networksTable(found, now, shown);
    byId("more").hidden = found.length <= shown;
    const networks = new Set(found.map(({ first }) => first.network)).size;
    byId("count").textContent = `${networks} networks, ${found.length} settings of them.`;
  };
  const draw = () => {
    const now = place();
    for (const filter of FILTERS) byId<HTMLSelectElement>(filter).value = now[filter];
    const text = byId<HTMLInputElement>("text");
    if (text !== document.activeElement) text.value = now.text;
    list(now);
    if (now.network === drawn) return;
    drawn = now.network;
    byId("network").innerHTML = networkSection(measurements, now.network);
    byId("network-name")?.focus();
    document.title = `${now.network || "Measured networks"} · AnalogNAS explorer`;
  };
  const options = {
    space: measurements.map(({ space }) => space),
    study: measurements.map(({ study }) => study),
    memory: measurements.map(({ memory }) => memory),
  };
  for (const filter of FILTERS) {
    const values = [...new Set(options[filter])].filter((value) => value !== "").sort();
    const words = (value: string) => filter === "space" ? spaceView(value).label : value;
    byId(filter).innerHTML = `<option value="">all</option>` +
      values.map((v) => `<option value="${escaped(v)}">${escaped(words(v))}</option>`).join("");
    byId(filter).addEventListener("change", (event) => {
      go({ [filter]: (event.target as HTMLSelectElement).value });
    });
  }
  byId("text").addEventListener("input", (event) => {
    go({ text: (event.target as HTMLInputElement).value });
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("more").addEventListener("click", () => {
    shown += LISTED;
    list(place());
  });
  addEventListener("hashchange", draw);
  draw();
}

start();
