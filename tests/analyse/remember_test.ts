import assert from "node:assert/strict";
import { once, withMembers } from "@/analyse/remember.ts";
import { prng } from "@/random.ts";

interface Members {
  readonly first: number;
  readonly second: number;
  detail(of: string): number;
}

/** Three draws, and the order in which they were computed. */
function record(seed: number) {
  const computed: string[] = [];
  const whole = withMembers<{ readonly seed: number }, Members>({ seed }, {
    first: (_, stream) => (computed.push("first"), stream().uint32()),
    second: ({ first }, stream) => (computed.push("second"), first + stream().uint32()),
    detail: (_, stream) => once((of) => (computed.push(of), stream(of).uint32())),
  });
  return { whole, computed };
}

Deno.test("nothing is computed before it is asked for, and nothing twice", () => {
  const { whole, computed } = record(0);
  assert.deepEqual(computed, []);
  assert.equal(whole.second, whole.second);
  assert.deepEqual(computed, ["first", "second"]);
  assert.equal(whole.detail("a"), whole.detail("a"));
  assert.notEqual(whole.detail("a"), whole.detail("b"));
  assert.deepEqual(computed, ["first", "second", "a", "b"]);
});

Deno.test("a stream is known by seed, name and detail, not by what was read before", () => {
  const one = record(3).whole, two = record(3).whole;
  two.detail("a");
  assert.equal(one.second, two.second);
  assert.equal(one.first, prng(3, "first").uint32());
  assert.equal(one.detail("a"), prng(3, "detail a").uint32());
  assert.notEqual(one.first, record(4).whole.first);
});

Deno.test("an answer of undefined is remembered too", () => {
  let calls = 0;
  const answer = once((_: string) => void calls++);
  answer("a"), answer("a");
  assert.equal(calls, 1);
});
