// A storage that fails is told; the client goes on with what it has.

import { report } from "./events.js";

/** The storage of a name, or that of a caller's own object; `undefined` where there is none. */
export function openStorage(given, keepsAll) {
  try {
    const web = { local: "localStorage", session: "sessionStorage" }[given];
    if (web && !(web in globalThis)) return undefined;
    const storage = web ? allowed(web) : given;
    if (web && !storage) return DENIED;
    const methods = web ? ["getItem", "setItem", "removeItem"] : ["get", "set", "remove"];
    const needed = keepsAll ? methods.slice(0, 2) : methods;
    if (needed.some((method) => typeof storage[method] !== "function")) return undefined;
    const [get, set, remove] = methods.map((method) => (...args) => storage[method](...args));
    return { get, set, remove };
  } catch {
    return undefined;
  }
}

/** The storage of a page, which may be there and not be had: cookies are blocked, the frame is sandboxed. */
function allowed(name) {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

const deny = () => {
  throw new Error("this page may not store");
};
const DENIED = { get: deny, set: deny, remove: deny };

/** Tells the text that is stored. Some storages give JSON back as the object that it is; anything else is a fault. */
export function load(id, storage, key) {
  report(id, async () => {
    const value = (await storage.get(key)) ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    if (typeof value !== "object" || Array.isArray(value)) throw new TypeError("the storage gave no text");
    return JSON.stringify(value);
  });
}

/** Saves `value`, or removes what is there when it is `undefined`. */
export function save(id, storage, key, value) {
  report(id, async () => (value === undefined ? storage.remove(key) : storage.set(key, value)));
}
