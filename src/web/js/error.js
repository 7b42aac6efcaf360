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
 * long as the error is made in an async function; other engines take note before the call.
 */
export async function settled(promise) {
  const here = findsWayBack() ? undefined : new Error();
  try {
    return await promise;
  } catch (fields) {
    const error = new ApiError(fields);
    const callers = here ? beyondWasm(here.stack) : error.stack.split("\n    at ").slice(2);
    const line = here ? "\n" : "\n    at ";
    error.stack = [`${error.name}: ${error.message}`, ...callers].join(line);
    throw error;
  }
}

let v8;

function findsWayBack() {
  v8 ??= String(new Error().stack).startsWith("Error\n    at ");
  return v8;
}

/** The lines of a stack below the frames of WebAssembly and the method that led into them. */
function beyondWasm(stack) {
  const lines = String(stack ?? "").split("\n");
  return lines.slice(lines.findLastIndex((line) => /wasm[-:]|\[wasm code\]/.test(line)) + 2);
}
