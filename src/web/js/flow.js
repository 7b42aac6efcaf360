// The methods of resources that are no operation: long work, one step after the other.

import { promised } from "../events.js";
import { settled } from "./error.js";

/** The resource, the name and the function of each. */
export const works = () => [["marketplace.orders", "follow", follow]];

function follow(orderId, options) {
  return steps(this, "marketplace.orders.follow", [orderId], options);
}

/** What work gives, step by step. It begins now: what its arguments become later changes nothing. */
function steps(resource, name, args, options) {
  return walk(resource, resource.core.begin(name, args, options));
}

/** Keeps the resource, and so its client, until the work is done. */
async function* walk(resource, work) {
  try {
    for (;;) {
      const given = await settled(promised((deferred) => work.next(deferred)), 1);
      if (given === undefined) return;
      yield given;
    }
  } finally {
    work.free();
  }
}
