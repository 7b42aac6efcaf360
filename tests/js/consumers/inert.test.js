//! Importing the packed package does nothing: in workerd, time, chance, timers and I/O are forbidden while a module loads.

import { after, before, test } from "node:test";
import { consumer } from "../support/consumer.js";
import { finish } from "../support/processes.js";

const FORBID = `
const forbidden = (what) => () => { throw new Error(what + " while a module loads"); };
for (const [owner, names] of [
  [Date, ["now"]],
  [Math, ["random"]],
  [performance, ["now"]],
  [crypto, ["getRandomValues", "randomUUID"]],
  [WebAssembly, ["compile", "instantiate", "Module", "Instance"]],
  [globalThis, ["Date", "fetch", "setTimeout", "setInterval", "queueMicrotask"]],
]) {
  for (const name of names) {
    Object.defineProperty(owner, name, { value: forbidden(name) });
  }
}
`;
const ENTRIES = ["imagineanything", "imagineanything/init", "imagineanything/inline", "imagineanything/text", "imagineanything/text/inline"];
const file = (entry) => `${entry.replaceAll("/", "-")}.js`;
const importing = (entry) => `import "./forbid.js";\nimport "${entry}";\n`;

let project;

before(async () => {
  project = await consumer({
    "forbid.js": FORBID,
    ...Object.fromEntries(ENTRIES.map((entry) => [file(entry), importing(entry)])),
  });
});
after(() => project?.remove());

for (const entry of ENTRIES) {
  test(entry, () => finish(process.execPath, [file(entry)], { cwd: project.folder }));
}
