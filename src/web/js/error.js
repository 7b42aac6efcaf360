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
 * the call was made: `here` is that place. V8 finds its way back there by itself, at no cost to
 * calls that succeed, as long as the error is made in an async function. `within` is how many
 * frames are of us: this one, or `caller` and who asked for it; and generators that wait for it.
 * `read` takes what is given out of what the promise comes to.
 */
export async function settled(promise, here, read = (outcome) => outcome, within = here ? 2 : 1) {
  try {
    return read(await promise);
  } catch (fields) {
    const error = new ApiError(fields);
    const lines = String((here ?? error).stack).split("\n");
    const inside = here ? within : lines.findIndex(isFrame) + within;
    error.stack = [`${error.name}: ${error.message}`, ...lines.slice(inside)].join("\n");
    throw error;
  }
}

/**
 * The place of whoever calls the function that asks for it; nothing in V8. It is an argument, since
 * WebKit forgets a function that ends with another's call; it is asked for by no async function,
 * which WebKit tells twice.
 */
export function caller() {
  return isV8() ? undefined : new Error();
}

/** The promise of what an export of the wasm does: ours are the frames up to that export. */
export function exported(promise) {
  const here = caller();
  return settled(promise, here, undefined, here && String(here.stack).split("\n").findLastIndex(isWasm) + 2);
}

const isFrame = (line) => line.startsWith("    at ");
const isWasm = (line) => /wasm[-:]|\[wasm/.test(line);

let v8;

function isV8() {
  v8 ??= String(new Error().stack).split("\n").some(isFrame);
  return v8;
}
