// A storage that fails is told; the client goes on with what it has.

import { report } from "./events.js";

/** The storage of a name, or that of a caller's own object; `undefined` where there is none. */
export function openStorage(given, keepsAll) {
  try {
    const web = { local: "localStorage", session: "sessionStorage" }[given];
    // Even looking at it throws where a page may not store.
    const storage = web ? globalThis[web] : given;
    const methods = web ? ["getItem", "setItem", "removeItem"] : ["get", "set", "remove"];
    const needed = keepsAll ? methods.slice(0, 2) : methods;
    if (needed.some((method) => typeof storage[method] !== "function")) return undefined;
    const [get, set, remove] = methods.map((method) => (...args) => storage[method](...args));
    return { get, set, remove };
  } catch {
    return undefined;
  }
}

/** Tells what is stored, if that is a string. */
export function load(id, storage, key) {
  report(id, async () => {
    const value = await storage.get(key);
    return typeof value === "string" ? value : undefined;
  });
}

/** Saves `value`, or removes what is there when it is `undefined`. */
export function save(id, storage, key, value) {
  report(id, async () => (value === undefined ? storage.remove(key) : storage.set(key, value)));
}
