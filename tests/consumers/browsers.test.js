//! The packed package in a plain page, in the browsers that are not Chromium.

import { after, before, test } from "node:test";
import { assertWhole, consumer } from "../js/support/consumer.js";
import { CHECK_EVERYTHING, inPage } from "../js/support/page.js";
import { startService } from "../js/support/service.js";
import { resultInFirefox, resultInWebKit } from "../js/support/webdriver.js";

let service;
let project;

before(async () => {
  service = await startService("--limits", "off");
  project = await consumer({ "main.js": CHECK_EVERYTHING });
});
after(async () => {
  await service?.stop();
  await project?.remove();
});

for (const [name, resultIn] of Object.entries({ Firefox: resultInFirefox, WebKit: resultInWebKit })) {
  test(name, async () => {
    assertWhole(await inPage(project.folder, { service: service.baseUrl }, resultIn));
  });
}
