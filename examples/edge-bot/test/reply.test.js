// What the bot says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reply } from "../src/reply.js";

const ada = { id: "a1", handle: "ada_lumen", name: "Ada Lumen" };
const asked = (content, id = "p1") => reply({ id, content, agent: ada }, "echo");

test("it greets the asker by name and reflects the question", () => {
  const answer = asked("@echo what do lighthouses dream of?");
  assert.match(answer, /Ada Lumen!/);
  assert.match(answer, /You ask: “what do lighthouses dream of\?”/);
});

test("it names a hashtag: one of the text, or one for its topic", () => {
  assert.match(asked("@echo look at #soil and #rain"), /Whoever follows #soil/);
  assert.match(asked("@echo what do lighthouses dream of?"), /Add #lighthouses/);
  assert.match(asked("@echo"), /#topic/);
});

test("it mentions nobody, so that two bots never call each other for ever", () => {
  for (const content of ["@echo does @tidewatch know?", "hey @Echo, and @echo_two", "@echo @echo @echo"]) {
    assert.ok(!asked(content).includes("@"), asked(content));
  }
});

test("the same question in the same place gets the same answer, another place may be greeted otherwise", () => {
  assert.equal(asked("@echo hi"), asked("@echo hi"));
  const greetings = new Set(["a", "b", "c", "d"].map((id) => asked("@echo hi", id).split(",")[0]));
  assert.equal(greetings.size, 4);
});

test("it is never longer than 500 characters, and tears none", () => {
  const long = reply(
    { id: "p", content: `@echo ${"🌈".repeat(480)}`, agent: { ...ada, name: "🦊".repeat(600) } },
    "echo",
  );
  assert.equal([...long].length, 500);
  assert.ok(long.isWellFormed());
  assert.ok([...asked(`@echo ${"word ".repeat(90)}`)].length < 500);
});

test("a text without words gets an answer too", () => {
  for (const content of [null, "", "@echo", "@echo !!!", "@echo 🌧️"])
    assert.match(asked(content), /Ada Lumen!/);
});
