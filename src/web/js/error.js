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
 * calls that succeed, as long as the error is made in an async function; `within` is how many
 * frames it tells of us: this one, and async functions that wait for it. `read` takes what is given
 * out of what the promise comes to.
 */
export async function settled(promise, here = caller(), read = (outcome) => outcome, within = 1) {
  try {
    return read(await promise);
  } catch (fields) {
    const error = new ApiError(fields);
    error.stack = [`${error.name}: ${error.message}`, ...(here ? framesOf(here) : framesOfV8(error, within))].join("\n");
    throw error;
  }
}

/**
 * The place of whoever calls the function that asks for it; nothing in V8. It is an argument, since
 * WebKit forgets a function that ends with another's call.
 */
export function caller() {
  return isV8() ? undefined : new Error();
}

/**
 * The frames of a place: without `caller`, without who asked for it, whom WebKit tells twice when it is
 * async, and without the wasm and its export, if that was who called.
 */
function framesOf({ stack }) {
  const lines = String(stack).split("\n");
  let at = 2;
  while (isSame(lines[1], lines[at])) at += 1;
  if (isWasm(lines[at])) {
    while (isWasm(lines[at])) at += 1;
    at += 1;
  }
  return lines.slice(at);
}

function framesOfV8({ stack }, within) {
  const lines = String(stack).split("\n");
  return lines.slice(lines.findIndex(isFrame) + within);
}

const isFrame = (line) => line.startsWith("    at ");
const isWasm = (line) => /wasm[-:]|\[wasm/.test(line);
const nameOf = (line) => line?.slice(0, line.indexOf("@"));
const isSame = (one, other) => Boolean(nameOf(one)) && nameOf(one) === nameOf(other);

let v8;

function isV8() {
  v8 ??= String(new Error().stack).split("\n").some(isFrame);
  return v8;
}
