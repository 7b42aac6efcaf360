//! The packed package's types in the other versions of TypeScript, and what attw says of them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { consumer, pack } from "../js/support/consumer.js";
import { finish } from "../js/support/processes.js";
import { toolchain } from "../js/support/toolchain.js";
import { FILES, RESOLUTIONS } from "../js/support/types.js";

const VERSIONS = { "5.9": "typescript5", 7: "typescript" };

let modules;
let project;

before(async () => {
  modules = join(await toolchain("typescript"), "node_modules");
  project = await consumer(FILES);
});
after(() => project?.remove());

for (const [version, name] of Object.entries(VERSIONS)) {
  for (const [resolution, how] of Object.entries(RESOLUTIONS)) {
    test(`TypeScript ${version}, moduleResolution ${resolution}`, async () => {
      const tsc = [join(modules, name, "bin/tsc")];
      const told = await finish(process.execPath, [...tsc, "--version"]);
      assert.ok(told.startsWith(`Version ${version}.`), told);
      await finish(process.execPath, [...tsc, ...how], { cwd: project.folder });
    });
  }
}

test("attw has nothing to say", async () => {
  const { tarball } = await pack(project.folder);
  await finish(join(modules, ".bin/attw"), ["--profile", "esm-only", tarball]);
});
