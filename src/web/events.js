// What happens in JavaScript, on its way into the wasm; and what happens when the wasm fails.

/** How to tell the wasm of an event, and of a trap. */
let wake, recover;

/** Whoever runs the wasm says how to tell it. */
export function listen(onEvent, onTrap) {
  [wake, recover] = [onEvent, onTrap];
}

/** Tells what an event came to. A trap of the task that waited for it is that task's failure alone. */
export function tell(id, outcome) {
  try {
    wake(id, outcome);
  } catch (trap) {
    trapped(trap);
  }
}

/** How to end what is under way, by the id of the event that it comes to. */
const ends = new Map();

/** Says how to end it; nothing, when it is over. */
export function endBy(id, end) {
  if (end) ends.set(id, end);
  else ends.delete(id);
}

/** Ends what nobody waits for any more. */
export function end(id) {
  ends.get(id)?.();
}

/** Lets the wasm go on when everything else that is under way now has. */
export function soon() {
  Promise.resolve().then(() => tell(-1));
}

/** Tells what work comes to that gives a promise: its `value`, or a `failure` with its `cause`. */
export function report(id, work) {
  work().then(
    (value) => tell(id, { value }),
    (cause) => tell(id, { failure: "it rejected", cause }),
  );
}

/** A promise, beside what settles it. */
export function defer() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => {
    deferred.resolve = resolve;
    deferred.reject = reject;
  });
  return deferred;
}

/** Settles it. */
export function settle(deferred, value, failed) {
  deferred[failed ? "reject" : "resolve"](value);
}

/**
 * Returns what a call that trapped is rejected with: the fields of an ApiError. The wasm recovers in the
 * next turn, because the trap may have used up the stack of this one, and nothing here needs the wasm.
 */
export function trapped(trap) {
  const fault = { kind: "internal", operation: "client", message: FAULT, issues: [], retryable: false, attempts: 0, cause: trap };
  Promise.resolve().then(() => recovers(fault));
  return fault;
}

const FAULT = "the client failed, which is a fault of its own: please report it, with its cause";

/** A trap while it recovers must not keep the engine busy: the next attempt is a turn of its own. */
function recovers(fault) {
  try {
    recover(fault);
  } catch (trap) {
    setTimeout(recovers, 0, { ...fault, cause: trap });
  }
}

/** Rejects what the wasm promised before it failed. Perhaps nobody holds it. */
export function fail(deferred, fault) {
  deferred.promise.catch(() => {});
  deferred.reject(fault);
}

/** The promise of what `begin` begins, which is given what settles it; rejected if it traps. */
export function promised(begin) {
  const deferred = defer();
  try {
    begin(deferred);
  } catch (trap) {
    fail(deferred, trapped(trap));
  }
  return deferred.promise;
}

let latest = 0;
let before;

/** A clock that only goes forward, in milliseconds, whatever happens to the wall clock. */
export function monotonic() {
  const clock = globalThis.performance;
  if (clock) return (latest = Math.max(latest, clock.now()));
  // Without one: the wall clock, less the steps back that it is seen to take.
  const now = Date.now();
  latest += Math.max(0, now - (before ?? now));
  before = now;
  return latest;
}
