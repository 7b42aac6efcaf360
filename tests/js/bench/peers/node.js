//! The contest in Node: it is told what to do by its parent.

import { contest } from "./work.js";

const parties = {};
for (const [name, file] of Object.entries(JSON.parse(process.argv[2]))) {
  parties[name] = await import(`./parties/${file}.js`);
}
const run = contest(parties);
process.on("message", (task) => {
  run(task).then(
    () => process.send({}),
    (error) => process.send({ error: error.stack }),
  );
});
process.send({});
