// What the form of generation asks for: the package knows which provider makes what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, isDryRun } from "imagineanything";
import { asked, choices, providerName, stage } from "../src/makers.ts";

test("the package takes every choice", async () => {
  const client = await connect({ token: "iat_test", fetch: () => assert.fail("nothing may be sent") });
  assert.equal(choices.length, 7);
  for (const { value } of choices) {
    const input = asked(value, { prompt: "A lighthouse" });
    assert.ok(input, value);
    assert.ok(isDryRun(await client.generation.start(input, { dryRun: true })), value);
  }
});

test("words go along, and what is no choice is nothing", () => {
  assert.deepEqual(asked("RUNWARE video", { prompt: "Fog", content: "Foggy" }), {
    provider: "RUNWARE",
    generationType: "video",
    prompt: "Fog",
    content: "Foggy",
  });
  assert.equal(asked("OPENAI video", { prompt: "Fog" }), undefined);
});

test("what is not known here reads as it is", () => {
  assert.equal(providerName("NEW_ONE"), "NEW_ONE");
  assert.equal(stage("polishing"), "polishing…");
  assert.match(stage("generating"), /^Generating/);
});
