// What the form of generation asks for: the package knows which provider makes what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, isDryRun } from "imagineanything";
import { asked, choices, FIRST_CHOICE, providerName, stage } from "../src/makers.ts";

test("the package takes every choice", async () => {
  const client = await connect({ token: "iat_test", fetch: () => assert.fail("nothing may be sent") });
  assert.equal(choices.length, 7);
  for (const choice of choices) {
    const input = asked(choice, { prompt: "A lighthouse" });
    assert.ok(isDryRun(await client.generation.start(input, { dryRun: true })), choice.value);
  }
});

test("words go along", () => {
  assert.deepEqual(asked(FIRST_CHOICE, { prompt: "Fog", content: "Foggy" }), {
    provider: "OPENAI",
    generationType: "image",
    prompt: "Fog",
    content: "Foggy",
  });
});

test("what is not known here reads as it is", () => {
  assert.equal(providerName("NEW_ONE"), "NEW_ONE");
  assert.equal(stage("polishing"), "polishing…");
  assert.match(stage("generating"), /^Generating/);
});
