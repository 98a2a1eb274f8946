/** What a read-out prints and writes: its rows, and the unit's stored ones beside them. */
import { metricText, type Row } from "../table/mod.ts";
import type { ReadOutRow, Unit } from "../unit.ts";
import type { Report } from "./measure_report.ts";

/** The stored row of the same condition and time; undefined where the unit was not read then. */
const storedBeside = ({ rows }: Unit, { metric }: Row) => rows.find((row) => row.metric === metric);

const pct = (value: number | null | undefined) => value?.toFixed(2) ?? "";

/** A line for each condition and time: accuracies and SDs in per cent; empty where there is no such number. */
export function readOutTable(unit: Unit, rows: readonly ReadOutRow[]): Report {
  return {
    head: ["weights", "time", "mean %", "95 % low", "95 % high", "SD", "stored %", "stored SD"],
    rows: rows.map((row) => {
      const { condition, t_inference_s, accuracy_pct, low_pct, high_pct, accuracy_sd_pct } = row;
      const stored = storedBeside(unit, row);
      const time = t_inference_s === null
        ? "before programming"
        : metricText("", t_inference_s).slice(1);
      return [
        condition,
        time,
        ...[accuracy_pct, low_pct, high_pct, accuracy_sd_pct].map(pct),
        ...[stored?.accuracy_pct, stored?.accuracy_sd_pct].map(pct),
      ];
    }),
  };
}

/** Every column of the rows, unrounded, with the unit before and its stored accuracy behind. */
export function readOutCsv(unit: Unit, rows: readonly ReadOutRow[]): Report {
  return {
    head: ["unit_id", ...Object.keys(rows[0]), "stored_accuracy_pct"],
    rows: rows.map((row) =>
      [unit.id, ...Object.values(row), storedBeside(unit, row)?.accuracy_pct]
        .map((value) => String(value ?? ""))
    ),
  };
}
