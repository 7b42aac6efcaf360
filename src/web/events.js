// What happens in JavaScript, on its way into the wasm; and what happens when the wasm fails.

/** How to tell the wasm of an event, and of a trap. */
let wake, recover;

/** Whoever runs the wasm says how to tell it. */
export function listen(onEvent, onTrap) {
  [wake, recover] = [onEvent, onTrap];
}

/** Tells what an event came to. A trap of whoever waited for it is that one's failure alone. */
export function tell(id, outcome) {
  try {
    wake(id, outcome);
  } catch (trap) {
    trapped(trap);
  }
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

/** Lets the wasm go on after a trap. Gives what is told of it: the fields of an ApiError. */
export function trapped(trap) {
  return recover(trap);
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
