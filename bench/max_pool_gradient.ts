/**
 * The gradient of max pooling (`src/backend/max_pool.cc`) against TensorFlow's `MaxPoolGrad`, to which it is equal
 * bit for bit: processor time on the images of DARTS cells, 3x3 on batches of 64, and at least three times as fast.
 */
import { loadBackend, type OpAttribute } from "../src/backend.ts";
import { setUp } from "../src/cli/setup.ts";
import process from "node:process";
import { median } from "simple-statistics";
import { judge } from "./speed/against_pytorch.ts";

const TURNS = 5, CALLS = 20;

await setUp();
const { tf, run } = await loadBackend();

/** Milliseconds of processor time that a call takes. */
function time_ms(work: () => void): number {
  const before = process.cpuUsage();
  for (let call = 0; call < CALLS; call++) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / CALLS;
}

function ratio(pixels: number, channels: number, stride: number): number {
  const sides = [0, 0, 1, 1, 1, 1, 0, 0];
  const theirs: Record<string, OpAttribute> = {
    T: ["type", "float32"],
    ksize: ["int", [1, 3, 3, 1]],
    strides: ["int", [1, stride, stride, 1]],
    padding: ["string", "EXPLICIT"],
    explicit_paddings: ["int", sides],
    data_format: ["string", "NHWC"],
  };
  const ours: Record<string, OpAttribute> = {
    size: ["int", 3],
    stride: ["int", stride],
    padding: ["int", 1],
  };
  const x = tf.randomNormal([64, pixels, pixels, channels], 0, 1, "float32", 1);
  const [y] = run("MaxPool", theirs, [x], 1), dy = tf.onesLike(y);
  const turns = Array.from({ length: TURNS + 1 }, () => [
    time_ms(() => run("MaxPoolGrad", theirs, [x, y, dy], 1)[0].dispose()),
    time_ms(() => run("OwnMaxPoolGrad", ours, [x, dy], 1)[0].dispose()),
  ]).slice(1);
  const [their_ms, our_ms] = [0, 1].map((k) => median(turns.map((turn) => turn[k])));
  console.log(
    `${pixels} x ${pixels} pixels, ${channels} channels, stride ${stride}: TensorFlow ` +
      `${their_ms.toFixed(2)} ms, here ${our_ms.toFixed(2)} ms`,
  );
  tf.dispose([x, y, dy]);
  return their_ms / our_ms;
}

// Normal cells pool at stride 1, reductions at stride 2: C = 4, and twice and four times that on smaller images.
const normal = [[32, 4], [32, 16], [16, 8]].map(([pixels, channels]) => ratio(pixels, channels, 1));
const reduction = [[32, 8], [16, 16]].map(([pixels, channels]) => ratio(pixels, channels, 2));
const lowest = Math.min(...normal, ...reduction);
judge("times TensorFlow, at the least", lowest, 3, "at least");
console.log(`value times_stride_1_low ${Math.min(...normal).toFixed(1)}`);
console.log(`value times_stride_1_high ${Math.max(...normal).toFixed(1)}`);
console.log(`value times_stride_2_low ${Math.min(...reduction).toFixed(1)}`);
console.log(`value times_stride_2_high ${Math.max(...reduction).toFixed(1)}`);
