import assert from "node:assert/strict";
import { quickTests, testFiles } from "@/cli/quick.ts";

Deno.test("quick tests are those that reach neither TensorFlow nor a kernel nor a browser, themselves or by a command, and neither compute for long nor measure a time", async () => {
  const all = testFiles(), quick = await quickTests(all);
  // What each of these needs was found by reading it.
  const slow = [
    "tests/backend/kernels_test.ts", // imports the backend
    "tests/network/network_test.ts", // by way of a room
    "tests/cli/train_test.ts", // a command that loads it
    "tests/measure/slurm_test.ts",
    "tests/notebook/execute_test.ts",
    "tests/cli/lab_test.ts",
    "tests/site/limits_test.ts",
    "tests/search/predictor_forest_test.ts", // computes for long
    "tests/dataset/load_time_test.ts", // measures a time
  ];
  assert.deepEqual(slow.filter((path) => !all.includes(path)), []);
  const fast = [
    "tests/architecture_test.ts",
    "tests/config_test.ts",
    "tests/lock_test.ts",
    "tests/cli/query_test.ts",
    "tests/cli/numbers_test.ts",
    "tests/table/io_test.ts",
  ];
  assert.deepEqual(slow.filter((path) => quick.includes(path)), []);
  assert.deepEqual(fast.filter((path) => !quick.includes(path)), []);
  assert.ok(slow.length >= 4 && quick.length > all.length / 4, `${quick.length} of ${all.length}`);
});
