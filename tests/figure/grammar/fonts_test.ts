import assert from "node:assert/strict";
import golden from "../../golden/figure/text_width.json" with { type: "json" };
import { textWidth } from "@/figure/grammar/fonts.ts";

Deno.test("text widths equal those that fontTools reads", () => {
  for (const [text, em] of Object.entries(golden["400Regular"])) {
    assert.ok(Math.abs(textWidth(text, 10) - 10 * em) < 1e-9, text);
  }
  for (const [text, em] of Object.entries(golden["600SemiBold"])) {
    assert.ok(Math.abs(textWidth(text, 13, 600) - 13 * em) < 1e-9, text);
    assert.equal(textWidth(text, 13, "bold"), textWidth(text, 13, 600));
  }
});
