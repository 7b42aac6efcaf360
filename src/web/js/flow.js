// The methods of resources that are no operation: long work, one step after the other.

import { promised } from "../events.js";
import { settled } from "./error.js";

/** The resource, the name and the function of each. */
export const works = () => [
  ["marketplace.orders", "follow", follow],
  ["generation", "run", run],
  ["generation", "resume", resume],
  ["posts", "thread", thread],
  ["posts", "resumeThread", resumeThread],
];

function follow(orderId, options) {
  return steps(this, "marketplace.orders.follow", [orderId], options);
}

function run(input, options) {
  return end(this, "generation.run", input, options, generated);
}

function resume(jobId, options) {
  return end(this, "generation.resume", jobId, options, generated);
}

function thread(parts, options) {
  return end(this, "posts.thread", parts, options);
}

function resumeThread(receipt, options) {
  return end(this, "posts.resumeThread", receipt, options);
}

/** What came of a job; in a dry run there is none. */
function generated(job) {
  return job.dryRun === true ? job : { job, postId: job.postId ?? null, resultUrl: job.resultUrl ?? null };
}

/** What work gives, step by step. It begins now: what its arguments become later changes nothing. */
function steps(resource, name, args, options) {
  return walk(resource, resource.core.begin(name, args, options));
}

/** Keeps the resource, and so its client, until the work is done. */
async function* walk(resource, work) {
  try {
    for (;;) {
      const given = await settled(promised((deferred) => work.next(deferred)), 2, undefined, 2);
      if (given === undefined) return;
      yield given;
    }
  } finally {
    work.free();
  }
}

/** The promise of what work gives last. Ours of the stack are `settled`, this and the method. */
function end(resource, name, argument, options, read) {
  return settled(last(resource, resource.core.begin(name, [argument], options)), 3, read);
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
