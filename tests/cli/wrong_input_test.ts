/** What each command says to wrong input: one message on stderr, exit status 1, nothing on stdout. */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { runCommand, runCommands } from "./run.ts";

/** Files that commands are given, by name: what other programs, or a full disk, leave behind. */
const FILES: Readonly<Record<string, string>> = {
  "empty": "",
  "cut.json": '{"version": 2, "study": "repl',
  "other.json": '{"version": 99}',
  "list.json": "[]",
  "typo.json": '{"training": {"epoch": 3}}',
  "cut.safetensors": "\u0040\0\0\0\0\0\0\0{",
  "part.json": '{"hardware": {"adc": {"bits": 6}}}',
  "place.json": '{"adc": {"bits": 6}}',
  "word.json": '{"hardware": {"device": "pmc"}}',
  "train.json": '{"training": {"epochs": 3}}',
  "count.json": '{"measurement": {"trainImages": 300}}',
  "hwt.safetensors": "\u0002\0\0\0\0\0\0\0{}",
  "hwtt.safetensors": "\u0002\0\0\0\0\0\0\0{}",
  "table.csv": "cell_index,mine\n7,1\n",
  "csv.parquet": "cell_index,mine\n7,1\n",
  "semi.txt": "cell_index;mine\n7;1,5\n",
  "table.json": '{"cell_index": 7}',
  "notebook.ipynb": '{"cells": []}',
};

/** A unit of the replication, and the same on an array's memory. */
const UNIT = "310301-s0-published";
const SONOS = ["--unit", UNIT, "--simulator", "crosssim", "--device", "sonos"];

/** A trained network, for what is refused after it has been read. */
const WEIGHTS = ["--checkpoint", resolve("data/measured/training/here_seed0/weights.safetensors")];

/** [command, arguments, what the message says]; @ stands for the folder of the files. */
const INPUTS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["ablate", ["ablation", "--units", "0"], /--units wants a whole number from 1, not "0"/],
  ["ablate", ["ablation", "--retrain", "two"], /--retrain wants a whole number from 0, not "two"/],
  ["evaluate", ["--weights", "x", "--seed", "1.5"], /--seed wants a whole number from 0/],
  ["import", ["a", "b", "--cell", "7611", "--channels", "x"], /--channels wants a whole number/],
  [
    "import_onnx",
    ["x", "--dry-run", "--mean", "0.5,0.5"],
    /--mean wants one number, or one for each of 3/,
  ],
  ["import_onnx", ["x", "--dry-run", "--std", "0"], /--std wants a number of at least 0.000001/],
  ["import_onnx", ["x", "--out", "y", "--mean", "123.7"], /brighter than white.*--input-scale 255/],
  ["import_onnx", ["x", "--dry-run", "--digital", "a,,b"], /--digital wants names of layers/],
  ["lab", ["--port", "65536"], /--port wants a whole number from 1 to 65535, not "65536"/],
  ["measure", ["--checkpoint", "x", "--times", "1w"], /--times wants times .* "1w" is none/],
  ["measure", ["--checkpoint", "x", "--repeats", "-1"], /--repeats wants a whole number/],
  ["plan", ["--seed", "0x10"], /--seed wants a whole number from 0, not "0x10"/],
  ["quantize", ["--weights", "x", "--out", "y", "--epochs", "1e2"], /--epochs wants a whole/],
  ["query", ["--best", "hwt", "--at-least", "baseline=92=5"], /METRIC=PERCENT.*"baseline=92=5"/],
  ["query", ["--best", "hwt", "--at-least", "baseline"], /METRIC=PERCENT/],
  ["query", ["--best", "hwt", "--at-least", "basline=92"], /The nearest is baseline\./],
  ["query", ["--best", "hwt", "--at-least", "baseline=920"], /number from 0 to 100, not "920"/],
  ["query", ["--best", "hwt", "--at-least", "hwt=1", "--at-least", "hwt=2"], /names hwt twice/],
  ["query", ["--best", "hwt", "--at-least", "hwt=9,5"], /Write the decimal point as a point/],
  ["query", ["--best", "hwt", "--top", "2.5"], /--top wants a whole number from 1, not "2.5"/],
  ["query", ["--best", "hwt", "--top", ""], /--top wants a whole number from 1, not ""/],
  ["query", ["--best", "hwt", "--max-macs", "-5"], /--max-macs wants a number of at least 0/],
  ["run", ["--plan", "x", "--limit", "abc"], /--limit wants a whole number from 1, not "abc"/],
  ["run", ["--plan", "x", "--limit", "0"], /--limit wants a whole number from 1, not "0"/],
  ["run", ["--plan", "x", "--jobs", "two"], /--jobs wants a whole number from 1, not "two"/],
  ["search", ["--method", "random_search", "--queries", "1.5"], /--queries wants a whole number/],
  ["search", ["--method", "random_search", "--seeds", "many"], /--seeds wants a whole number/],
  ["search", ["--method", "random_search", "--workers", "0"], /--workers wants a whole number/],
  ["submit", ["--plan", "x", "--cpus", "1,5"], /--cpus wants a whole number from 1, not "1,5"/],
  ["train", ["--cell", "7611", "--learning-rate", "0,1"], /--learning-rate wants a number .*point/],
  ["train", ["--cell", "7611", "--batch-size", "many"], /--batch-size wants a whole number/],
  ["train", ["--cell", "7611", "--config", "@/cut.json"], /cut\.json: not valid JSON, .*position/],
  ["train", ["--cell", "7611", "--config", "@/empty"], /empty: not valid JSON, it is empty/],
  ["train", ["--cell", "7611", "--config", "@/typo.json"], /epoch/],
  ["train", ["--cell", "(2,2,0,4,2)"], /names 5 operations; a cell has 6/],
  ["train", ["--cell", "|none~0|none~0|+|none~0|none~1|+|none~0|none~1|none~2|"], /given twice/],
  ["run", ["--plan", "@/cut.json"], /cut\.json.*JSON.*deno task plan/],
  ["run", ["--plan", "@/other.json"], /version 99/],
  ["run", ["--plan", "@/none.json"], /Cannot read .*none\.json.*deno task plan/],
  ["collect", ["--plan", "@/list.json"], /list\.json/],
  ["submit", ["--plan", "@/empty", "--dry-run"], /empty/],
  ["plan", ["replicaton"], /No study "replicaton"/],
  ["ablate", ["ablatoin"], /No study "ablatoin"/],
  ["export", ["@", "x.safetensors"], /holds no checkpoint/],
  ["import", ["@/cut.safetensors", "x", "--cell", "7611"], /cut\.safetensors/],
  ["evaluate", ["--weights", "@/none.safetensors"], /none\.safetensors/],
  ["quantize", ["--weights", "x", "--out", "y", "--method", "pqt"], /ptq or qat, not "pqt"/],
  ["measure", ["--checkpoint", "x", "--conditions", "noise"], /noisy.*not "noise"/],
  ["query", ["--best", "hwt", "--table", "@/empty"], /empty/],
  ["query", ["--cell", "000123"], /could be the cell/],
  ["search", ["--method", "random_serach"], /Did you mean random_search/],
  ["figures", ["paretto"], /Did you mean "pareto"/],
  ["values", ["--table", "@/none.parquet"], /none\.parquet: there is no such file/],
  ["notebooks", ["@/notebook.ipynb"], /notebook\.ipynb is not a notebook/],
  ["golden", ["@/none"], /There is no folder/],
  ["data_reference", ["--wheel", "@/none.whl"], /Cannot read the wheel/],
  ["test", ["--quick", "tests/lock_test.ts"], /not both/],
  ["config", ["hardwear"], /no setting "hardwear"\. Did you mean hardware\?/],
  ["config", ["adc"], /Did you mean hardware\.adc\?/],
  ["config", ["--config", "@/typo.json"], /typo\.json is not valid.*Did you mean training\.epochs/],
  ["config", ["--config", "@/part.json", "qat.epoch"], /Did you mean qat\.epochs\?/],
  ["config", ["--config", "@/place.json"], /adc: .* Did you mean hardware\.adc\?/],
  ["config", ["--config", "@/word.json"], /hardware\.device = "pmc": .*expected one of/],
  ["config", ["--config", "analognas_bensh"], /Name a JSON file or one of analognas_bench/],
  ["config", ["--config", "@/list.json"], /list\.json is not valid.*expected object/],
  ["config", ["--config", "@/table.csv"], /table\.csv: not valid JSON/],
  ["train", ["--cell", "7611", "--protocol", "corected"], /Did you mean "corrected"/],
  ["train", ["--cell", "7611", "--epochs", "0"], /training\.epochs = 0/],
  ["train", ["--cell", "7611", "--batch-size", "60000"], /training\.batchSize = 60000/],
  ["train", ["--cell", "15625"], /no cell with index 15625.* nearest is 15624/],
  ["train", ["--cell", "(2,2,0,4,2,9)"], /edge 5 has operation 9/],
  ["train", [], /Name one network/],
  ["train", ["--cell", "7611", "--network", "resnet:3x16-3x32-3x64:A"], /Name one network/],
  ["train", ["--network", "resnett:3x16-3x32-3x64:A"], /nearest is resnet/],
  ["train", ["--network", "resnet:3x16-3x32-3x64:D"], /"D" is no shortcut/],
  ["train", ["--network", "analognas:8:1x9w0.5"], /nearest is analognas:8:1x4w0\.5/],
  [
    "train",
    ["--cell", "7611", "--out", "@/empty/run"],
    /Cannot write below .*empty.*Name a folder/,
  ],
  ["train", ["--cell", "7611", "--epoch", "3"], /unknown option '--epoch'.*--epochs/s],
  ["measure-cell", ["--unit", "1-s0"], /Name --plan and --unit both/],
  ["measure-cell", ["--plan", "@/none.json"], /Name --plan and --unit both/],
  ["measure-cell", ["--cell", "7611", "--out", "@/empty"], /Cannot write below .*empty/],
  ["measure-cell", [], /Name one network/],
  ["quantize", ["--weights", "@/none", "--out", "y", "--method", "qatt"], /Did you mean "qat"/],
  ["quantize", ["--weights", "@/none.safetensors", "--out", "y"], /none\.safetensors/],
  ["measure", ["--checkpoint", "x", "--conditions", "nosy"], /Did you mean "noisy"/],
  ["measure", ["--checkpoint", "x", "--conditions", "noisy,noisy"], /names a condition twice/],
  ["measure", ["--checkpoint", "x", "--times", "1d;30d"], /"1d;30d" is none/],
  ["measure", ["--checkpoint", "x", "--out", "@/empty/m"], /Cannot write below .*Name a folder/],
  ["quantize", ["--weights", "x", "--out", "@/empty/q"], /Cannot write below .*Name a folder/],
  ["measure", ["--checkpoint", "@/none.safetensors"], /none\.safetensors/],
  ["evaluate", ["--weights", "@/table.csv"], /table\.csv/],
  ["evaluate", ["--weights", "@/list.json"], /list\.json/],
  ["evaluate", ["--weights", "@"], /is a (folder|directory)/i],
  [
    "query",
    ["--best", "hwt", "--at-least", "baseline=99"],
    /baseline=99 excludes all, the highest is 9\d\.\d\d/,
  ],
  ["query", ["--best", "hwt", "--max-parameters", "10"], /--max-parameters 10 excludes all/],
  [
    "query",
    ["--best", "hwt", "--max-macs", "1", "--at-least", "hwt=1"],
    /--max-macs 1 excludes all/,
  ],
  [
    "query",
    ["--best", "hwt", "--max-parameters", "80000", "--at-least", "baseline=94"],
    /Each alone leaves some, all together none\. Loosen one/,
  ],
  ["query", ["--best", "hwt@2d"], /hwt@2d.*nearest is hwt@1d/],
  ["query", ["--best", "hwtt"], /nearest is hwt\./],
  ["query", ["--cell", "7611", "--best", "hwt"], /Ask one question/],
  ["query", ["--best", "hwt", "--table", "@/csv.parquet"], /csv\.parquet.* CSV/],
  ["query", ["--best", "hwt", "--table", "@/semi.txt"], /semi\.txt is text in columns, a CSV/],
  ["query", ["--best", "hwt", "--table", "@/table.json"], /neither Parquet nor CSV\. Name a table/],
  [
    "query",
    ["--best", "hwt", "--table", "@/table.csv"],
    /is no table: it has cell_index, mine and lacks 16 of the 17 columns.*study\.cells\.join/,
  ],
  ["search", ["--method", "nsga"], /Did you mean nsga2/],
  ["search", ["--method", "random_search", "--metric", "hwt@2d"], /hwt@2d/],
  ["ablate", ["ablatoin"], /Did you mean "ablation"/],
  ["readout", [], /Name the weights with --weights .* or .*--unit/],
  ["readout", ["--unit", "310301-s0-publishd"], /Did you mean "310301-s0-published"/],
  ["readout", ["--unit", UNIT, "--study", "replicaton"], /Did you mean "replication"/],
  ["readout", ["--unit", UNIT, "--weights", "x"], /Name the weights with/],
  ["readout", ["--unit", UNIT, "--events", "0"], /--events wants a whole number from 1, not "0"/],
  ["readout", ["--unit", UNIT, "--test-images", "20000"], /testImages = 20000/],
  ["readout", ["--unit", UNIT, "--adc-bits", "1"], /hardware\.adc\.bits = 1/],
  ["readout", ["--unit", UNIT, "--times", "1w"], /"1w" is none/],
  ["readout", ["--unit", UNIT, "--drift-compensation", "non"], /driftCompensation = "non".*none/],
  ["readout", ["--unit", UNIT, "--simulator", "crossim"], /Did you mean "crosssim"/],
  [
    "readout",
    ["--unit", UNIT, "--out", "@/x.json"],
    /writes a CSV, .* does not end in \.csv/,
  ],
  ["readout", ["--unit", UNIT, "--device", "reram_wan2021"], /hardware\.device = "reram_wan2021"/],
  ["readout", ["--unit", UNIT, "--device", "sonos"], /memory of arrays\. Add --simulator crosssim/],
  ["readout", [...SONOS, "--times", "30d"], /sonos was measured up to 432000 s only/],
  ["readout", [...SONOS, "--drift-compensation", "none"], /arrays have none/],
  ["readout", ["--unit", UNIT, "--config", "@/typo.json"], /Did you mean training\.epochs/],
  ["readout", ["--unit", UNIT, "--config", "@/train.json"], /sets training, .* trained already/],
  ["readout", ["--unit", UNIT, "--config", "@/count.json"], /sets measurement\.trainImages/],
  ["readout", ["--unit", UNIT, "--out", "@"], /is a folder\. Name a file/],
  ["readout", ["--unit", UNIT, "--out", "@/empty/rows.csv"], /Cannot write below .*empty/],
  ["readout", ["--weights", "@/none.safetensors"], /no such file\. Name the baseline\.safetensors/],
  ["readout", ["--weights", "@/cut.safetensors"], /cut\.safetensors/],
  ["readout", ["--weights", "@/table.csv"], /table\.csv/],
  ["readout", ["--weights", "@/hwtt.safetensors"], /Did you mean "hwt\.safetensors"/],
  ["readout", ["--weights", "@/hwt.safetensors"], /no unit\.json beside it/],
  ["readout", ["--unit", UNIT, "--out", ""], /A path is empty\. Name a file or folder/],
  ["readout", ["--unit", UNIT, "--times", "1d,1d"], /inferenceTimes_s.* there already/],
  ["readout", ["--unit", "310301"], /Did you mean "310301-s0-corrected"/],
  ["readout", [UNIT], /too many arguments/],
  ["memories", ["--out", "@"], /is a folder\. Name a file/],
  ["memories", ["--out", "@/empty/laws.json"], /Cannot write below .*empty/],
  ["config", ["--config", ""], /A path is empty/],
  ["config", ["hardware.adc.bits=6"], /Did you mean hardware\.adc\.bits\?/],
  ["config", ["hardware", "adc"], /too many arguments/],
  ["plan", ["analogna"], /did you mean analognas\?/],
  ["plan", ["Darts"], /did you mean darts\?/],
  ["plan", ["anchor", "--out", "@"], /is a folder\. Name a file/],
  ["plan", ["darts", "--out", ""], /A path is empty/],
  ["search", ["--method", "nsga2_enrgy"], /Did you mean nsga2_energy/],
  ["search", ["--method", "nsga2_energy", "--out", "@/empty"], /Cannot write below .*empty/],
  ["search", ["--method", "nsga2_energy", "--queries", "20000"], /has 15625 cells: give at most/],
  ["site", ["--out", ""], /A path is empty/],
  ["site", ["--zip", "--out", "@/empty/site"], /Cannot write below .*empty/],
  ["figures", ["--width", "85"], /Allowed choices are page, column/],
  ["figures", ["--width", "column", "Pareto"], /Did you mean "pareto"/],
  ["measure", [...WEIGHTS, "--data", "@"], /holds no images\. It wants images and labels/],
  ["measure", [...WEIGHTS, "--data", "@/table.csv"], /table\.csv is no folder.*images\.npy/],
  ["measure", [...WEIGHTS, "--data", "@", "--archive", "@"], /--data or --archive, not both/],
  ["measure", [...WEIGHTS, "--digital", "stemm"], /Did you mean "stem\.0"/],
];

Deno.test(`${INPUTS.length} wrong inputs are one message each, exit status 1, and nothing is done`, async () => {
  const faults: string[] = [];
  const scratch = await Deno.makeTempDir(), files = await Deno.makeTempDir();
  for (const [name, text] of Object.entries(FILES)) {
    await Deno.writeTextFile(`${files}/${name}`, text);
  }
  const asked = INPUTS.map(([name, args]) =>
    [`${name.replaceAll("-", "_")}.ts`, args.map((arg) => arg.replace(/^@/, files))] as const
  );
  const outcomes = await runCommands(asked, { cwd: scratch });
  for (const [k, [name, , message]] of INPUTS.entries()) {
    const { code, out, err } = outcomes[k];
    const words = `${name} ${asked[k][1].join(" ")}: status ${code}, ${err}${out}`;
    const isOneMessage = err.startsWith("error: ") && !/^\s+at /m.test(err);
    if (code !== 1 || out !== "" || !message.test(err) || !isOneMessage) faults.push(words);
  }
  assert.deepEqual(faults, []);
  assert.deepEqual([...Deno.readDirSync(scratch)], []);
  await Deno.remove(scratch);
  await Deno.remove(files, { recursive: true });
});

Deno.test("a process of its own says the same", async () => {
  const [name, args, message] = INPUTS[0];
  const { code, out, err } = await runCommand(`${name}.ts`, [...args]);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(err, message);
});
