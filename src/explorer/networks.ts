/** Networks of any space that were measured here: a list to narrow down, and one of them whole. Markup as text. */
import { metricLabel } from "../figure/grammar/metrics.ts";
import { inOrder } from "../table/schema.ts";
import { MOST_CURVES } from "./curves.ts";
import { driftCurves, measuredDrift } from "./drift.ts";
import { decimals, escaped, table } from "./html.ts";
import { type Measurement, spreadText } from "./measurement.ts";
import { shapeText, spaceView } from "./space_views.ts";

/** What the page shows: filters, empty where they are open, and a network, empty where none is chosen. */
export interface NetworksPlace {
  readonly network: string;
  readonly space: string;
  readonly study: string;
  readonly memory: string;
  /** A part of the network's name or text. */
  readonly text: string;
}

const PARTS = ["network", "space", "study", "memory", "text"] as const;

/** "network=resnet%3A...&study=resnet". */
export function networksAddress(place: NetworksPlace): string {
  return PARTS.filter((part) => place[part] !== "")
    .map((part) => `${part}=${encodeURIComponent(place[part])}`).join("&");
}

/** The place that an address names; what it does not say is open. */
export function parseNetworksAddress(address: string): NetworksPlace {
  const parts = new URLSearchParams(address.replace(/^#/, "").replaceAll("+", "%2B"));
  return Object.fromEntries(
    PARTS.map((part) => [part, parts.get(part) ?? ""]),
  ) as unknown as NetworksPlace;
}

/** One network under one setting of one study. */
export interface Series {
  readonly first: Measurement;
  /** Simulators and devices, without the digital conditions' none. */
  readonly memories: readonly string[];
  readonly byMetric: ReadonlyMap<string, Measurement>;
}

/** Measurements as series, in their order. */
export function seriesOf(measurements: readonly Measurement[]): readonly Series[] {
  const groups = Map.groupBy(
    measurements,
    ({ space, network, study, setting, protocol }) =>
      JSON.stringify([space, network, study, setting, protocol]),
  );
  return [...groups.values()].map((own) => ({
    first: own[0],
    memories: [...new Set(own.map(({ memory }) => memory))].filter((memory) => memory !== ""),
    byMetric: new Map(own.map((measurement) => [measurement.metric, measurement])),
  }));
}

/** The series that the filters of a place let through. */
export function narrowed(series: readonly Series[], place: NetworksPlace): readonly Series[] {
  const text = place.text.trim().toLowerCase();
  return series.filter(({ first: { space, network, study }, memories }) =>
    (place.space === "" || place.space === space) &&
    (place.study === "" || place.study === study) &&
    (place.memory === "" || memories.includes(place.memory)) &&
    (text === "" || network.toLowerCase().includes(text) ||
      spaceView(space).name(network).includes(text))
  );
}

/** The list; each network is a link to the place that shows it. */
export function networksTable(
  series: readonly Series[],
  place: NetworksPlace,
  shown: number,
): string {
  if (series.length === 0) {
    return "<p>No measured network meets all filters. Open one of them again.</p>";
  }
  const metrics = inOrder(series.flatMap(({ byMetric }) => [...byMetric.keys()]));
  return table(
    "Networks measured here, one line for each setting of a study; accuracy in per cent, mean over seeds",
    [
      "Network",
      "Space",
      "Study",
      "Setting",
      "Memory",
      ...metrics.map((m) => escaped(metricLabel(m))),
    ],
    series.slice(0, shown).map(({ first, memories, byMetric }) => {
      const view = spaceView(first.space);
      const address = networksAddress({ ...place, network: first.network });
      return [
        `<a href="#${escaped(address)}">${escaped(view.name(first.network))}</a>`,
        escaped(view.label),
        escaped(first.study),
        escaped(first.setting),
        escaped(memories.join(", ") || "digital"),
        ...metrics.map((metric) => {
          const own = byMetric.get(metric);
          return own === undefined ? "–" : decimals(own.accuracy_pct);
        }),
      ];
    }),
  );
}

/** Everything measured of one network; an explanation where there is nothing. */
export function networkSection(measurements: readonly Measurement[], network: string): string {
  if (network === "") return "<p>Choose a network of the list to see it whole.</p>";
  const own = measurements.filter((measurement) => measurement.network === network);
  if (own.length === 0) {
    return `<p>Nothing was measured here of “${
      escaped(network)
    }”. Choose a network of the list, or look a cell up in the <a href="explorer.html">explorer</a>.</p>`;
  }
  const [{ space }] = own, view = spaceView(space), curves = measuredDrift(own);
  const drawn = curves.filter(({ points }) => points.length > 1).slice(0, MOST_CURVES);
  const more = curves.length - drawn.length;
  const plot = drawn.length === 0
    ? "<p>No drift curve: fewer than two times were measured.</p>"
    : `<figure>${
      driftCurves(drawn, `Accuracy of ${network} after programming`)
    }<figcaption>Accuracy (%) ` +
      `against time since programming; band: 95 % interval of the mean${
        own.some(({ metric }) => metric.endsWith("@0s"))
          ? "; what is read at once stands at 1 s"
          : ""
      }${more === 0 ? "" : `; ${more} further series stand in the table`}.</figcaption></figure>`;
  const rows = own.map((measurement) => [
    escaped(metricLabel(measurement.metric)),
    decimals(measurement.accuracy_pct),
    escaped(spreadText(measurement)),
    escaped(measurement.memory || "digital"),
    escaped(`${measurement.study}, ${measurement.setting}`),
    measurement.protocol.replaceAll("_", " "),
  ]);
  return `<h2 id="network-name" tabindex="-1">${escaped(view.label)}: ${
    escaped(view.name(network))
  }</h2>${view.drawing(network)}<p>${shapeText(space, network)}</p>${plot}` +
    table(
      "All measurements of the network; the interval is over what is said to vary",
      ["Metric", "Accuracy %", "95 % interval", "Memory", "Study, setting", "Protocol"],
      rows,
    );
}
