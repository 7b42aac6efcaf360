// What every entry exports. An entry says how the wasm comes into its runtime, and nothing else.

import { ApiError, connect, register, trapped } from "../dist/imagineanything.js";
import { once } from "./once.js";

export { ApiError, isApiError } from "../dist/imagineanything.js";
export { shouldReply } from "./reply.js";

/** `connect` and `register`, which load the wasm on their first call: importing does nothing. */
export function entry(load) {
  const loaded = once(load, (message, cause) => {
    return new ApiError({ kind: "internal", operation: "connect", message, issues: [], retryable: true, attempts: 0, cause });
  });
  const guarded =
    (enter) =>
    async (...args) => {
      await loaded();
      try {
        return enter(...args);
      } catch (trap) {
        throw new ApiError(trapped(trap));
      }
    };
  return { connect: guarded(connect), register: guarded(register) };
}

/** Whether what a call gave is the request that it would have sent. */
export const isDryRun = (given) => given?.dryRun === true;

/** A storage in a Workers KV namespace. */
export function kvStorage(namespace) {
  return {
    get: (key) => namespace.get(key),
    set: (key, value) => namespace.put(key, value),
    remove: (key) => namespace.delete(key),
  };
}
