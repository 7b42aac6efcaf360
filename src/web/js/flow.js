// The methods of resources that are no operation: long work, one step after the other.

import { snapshot } from "../../value/kind.js";
import { promised } from "../events.js";
import { caller, settled } from "./error.js";
import { leavable } from "./surface.js";

/** The resource, the name and the function of each. */
export const works = () => [
  ["marketplace.orders", "follow", follow],
  ["generation", "run", run],
  ["generation", "resume", resume],
  ["posts", "thread", thread],
  ["posts", "resumeThread", resumeThread],
  ["notifications", "watch", watch],
];

function follow(orderId, options) {
  return steps(this, "marketplace.orders.follow", [orderId], options);
}

function watch(options) {
  return steps(this, "notifications.watch", [], options);
}

function run(input, options) {
  return end(this, "generation.run", input, options, caller(), generated);
}

function resume(jobId, options) {
  return end(this, "generation.resume", jobId, options, caller(), generated);
}

function thread(parts, options) {
  return end(this, "posts.thread", parts, options, caller());
}

function resumeThread(receipt, options) {
  return end(this, "posts.resumeThread", receipt, options, caller());
}

/** What came of a job; in a dry run there is none. */
function generated(job) {
  return job.dryRun === true ? job : { job, postId: job.postId ?? null, resultUrl: job.resultUrl ?? null };
}

/** What work gives, step by step. It begins now: what its arguments become later changes nothing. */
function steps(resource, name, args, options) {
  const leaving = new AbortController();
  const work = resource.core.begin(name, args.map((arg) => snapshot(arg)), options, leaving.signal);
  return leavable(walk(resource, work, leaving.signal), () => leaving.abort());
}

/** Keeps the resource, and so its client, until the work is done. */
async function* walk(resource, work, leaving) {
  try {
    for (;;) {
      const given = await settled(promised((deferred) => work.next(deferred)), caller(), undefined, 2);
      if (given === undefined) return;
      yield given;
    }
  } catch (error) {
    if (!leaving.aborted) throw error;
  } finally {
    work.free();
  }
}

/** The promise of what work gives last that was asked for `here`. */
function end(resource, name, argument, options, here, read) {
  return settled(last(resource, resource.core.begin(name, [snapshot(argument)], options)), here, read);
}

/** Keeps the resource, and so its client, until the work is done. */
async function last(resource, work) {
  try {
    let last;
    for (let given; (given = await promised((deferred) => work.next(deferred))) !== undefined; ) last = given;
    return last;
  } finally {
    work.free();
  }
}
