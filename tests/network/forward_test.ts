/** The walk over a graph of steps: what it computes, and when it gives tensors back. */
import assert from "node:assert/strict";
import { loadBackend, type Tensor4D } from "../../src/backend.ts";
import {
  evaluationOps,
  forward,
  IMAGES,
  initialState,
  type LayerOps,
  type NetworkPlan,
  networkPlan,
  stepList,
  toTensors,
} from "../../src/network/mod.ts";
import { normalTensor } from "../backend/finite_differences.ts";

const backend = await loadBackend();
const { tf } = backend;

/** relu(x), twice read; their sum, three times x on positive pixels; mean over pixels. */
function tripled(): NetworkPlan {
  const list = stepList();
  const active = list.relu("active", IMAGES);
  const sum = list.add("sum", { kind: "sum" }, [active, active, IMAGES]);
  list.add("unread", { kind: "sum" }, [sum]);
  list.add("dead", { kind: "zeros" }, [sum], false);
  list.add("mean", { kind: "global_average" }, [sum]);
  return {
    architecture: { space: "custom", text: "tripled" },
    scale: {},
    classes: 3,
    steps: list.steps,
  };
}

const ops = (computesDeadEdges: boolean, relu: LayerOps["relu"] = (_, x) => backend.relu(x)) =>
  ({ computesDeadEdges, relu }) as LayerOps;

Deno.test("a tensor with several readers, and one that a step hands on, live until the last of them", () => {
  const x = tf.abs(normalTensor(backend, "x", [2, 4, 4, 3])) as Tensor4D;
  const wanted = tf.mul(3, tf.mean(x, [1, 2])).dataSync();
  for (const relu of [undefined, (_: string, x: Tensor4D) => x]) {
    const before = tf.memory().numTensors;
    const found = forward(backend, tripled(), ops(true, relu), x);
    assert.equal(tf.memory().numTensors, before + 1, "only the result is left");
    found.dataSync().forEach((v, i) => assert.ok(Math.abs(v - wanted[i]) < 1e-6));
    assert.ok(!x.isDisposed, "the images are the caller's");
    found.dispose();
  }
});

Deno.test("steps that cannot reach the output are left out where nobody wants their statistics", () => {
  const x = normalTensor(backend, "x", [1, 2, 2, 3]) as Tensor4D;
  const plan = tripled();
  const broken = {
    ...plan,
    steps: plan.steps.toSpliced(3, 1, { ...plan.steps[3], inputs: ["?"] }),
  };
  forward(backend, broken, ops(false), x).dispose();
  assert.throws(() => forward(backend, broken, ops(true), x));
});

Deno.test("a deeper network holds no more tensors at a time", () => {
  const peak = (cellsPerStage: number) => {
    const plan = networkPlan([2, 2, 2, 2, 2, 2], { channels: 2, cellsPerStage });
    const digital = evaluationOps(backend, plan, toTensors(backend, plan, initialState(plan, 0)));
    const before = tf.memory().numTensors;
    let most = 0;
    const watched: LayerOps = {
      ...digital,
      relu(name, x) {
        if (name !== "lastact") most = Math.max(most, tf.memory().numTensors - before);
        return digital.relu(name, x);
      },
    };
    // Folded weights are kept from the first walk on.
    const x = tf.zeros([1, 32, 32, 3]) as Tensor4D;
    forward(backend, plan, digital, x).dispose();
    const folded = tf.memory().numTensors - before;
    forward(backend, plan, watched, x).dispose();
    return most - folded;
  };
  const shallow = peak(1);
  assert.ok(shallow > 0 && shallow <= 8, `${shallow}`);
  assert.equal(peak(3), shallow);
});
