//! Prints how many operations each party's client has: the methods of its resources, walked at run time, helpers and old names
//! among them. `null` where there are none to be found.

import { stub } from "./work.js";

const counts = {};
for (const [name, file] of Object.entries(JSON.parse(process.argv[2]))) {
  const { open, resources } = await import(`./parties/${file}.js`);
  const client = await open(stub({}));
  counts[name] = resources ? methods(client, resources(client)) : null;
}
console.log(JSON.stringify(counts));

function methods(client, resources) {
  // Some resources hold their client.
  const seen = new Set([client]);
  let count = 0;
  const visit = (resource) => {
    if (seen.has(resource)) return;
    seen.add(resource);
    for (const name of namesOf(resource)) {
      const value = resource[name];
      if (typeof value === "function") count += 1;
      else if (isResource(value)) visit(value);
    }
  };
  Object.values(resources).filter(isResource).forEach(visit);
  return count;
}

/** Of an instance the methods of its class, but not those that all classes have; and what it holds. */
function namesOf(resource) {
  const shared = Object.getPrototypeOf(resource);
  const plain = shared === null || shared === Object.prototype;
  const own = Object.keys(resource).filter((name) => plain || typeof resource[name] !== "function");
  const names = plain ? own : [...own, ...Object.getOwnPropertyNames(shared)];
  return [...new Set(names)].filter((name) => name !== "constructor" && !name.startsWith("_"));
}

function isResource(value) {
  return typeof value === "object" && value !== null && !(value instanceof Map) && !Array.isArray(value);
}
