/** The brand of an ApiError: known across copies of the package, bundles and realms. */
const BRAND = Symbol.for("imagineanything.ApiError");

/** A failed call. */
export class ApiError extends Error {
  constructor({ operation, message, cause, ...rest }) {
    super(`${operation}: ${message}`, cause === undefined ? undefined : { cause });
    Object.assign(this, { operation, ...rest });
  }

  get [BRAND]() {
    return true;
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

Object.defineProperty(ApiError.prototype, "name", { value: "ApiError", configurable: true, writable: true });

/** Whether `error` is an {@link ApiError}, of this copy of the package or another. */
export function isApiError(error) {
  return typeof error === "object" && error !== null && error[BRAND] === true;
}

/**
 * The promise of a call. What it is rejected with becomes an ApiError, whose stack begins where
 * the call was made. V8 finds its way back there by itself, at no cost to calls that succeed, as
 * long as the error is made in an async function; other engines take note before the call. `ours`
 * is how many frames are left out; when it is not known, those up to the wasm and its export.
 * `within` is how many V8 tells of us: this one, and async functions that wait for it.
 * `read` takes what is given out of what the promise comes to.
 */
export async function settled(promise, ours, read = (outcome) => outcome, within = 1) {
  const here = isV8() ? undefined : new Error();
  try {
    return read(await promise);
  } catch (fields) {
    const error = new ApiError(fields);
    const lines = String((here ?? error).stack).split("\n");
    const inside = here ? (ours ?? lines.findLastIndex(isWasm) + 2) : lines.findIndex(isFrame) + within;
    error.stack = [`${error.name}: ${error.message}`, ...lines.slice(inside)].join("\n");
    throw error;
  }
}

const isWasm = (line) => /wasm[-:]|\[wasm/.test(line);
const isFrame = (line) => line.startsWith("    at ");

let v8;

function isV8() {
  v8 ??= String(new Error().stack).split("\n").some(isFrame);
  return v8;
}
