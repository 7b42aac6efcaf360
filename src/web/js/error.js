/** The brand of an ApiError: known across copies of the package, bundles and realms. */
const BRAND = Symbol.for("imagineanything.ApiError");

/** A failed call. */
export class ApiError extends Error {
  constructor(fields, cause, trace) {
    const { operation, message, ...rest } = fields;
    super(`${operation}: ${message}`, cause === undefined ? undefined : { cause });
    Object.assign(this, { operation, ...rest });
    const stack = callers(trace?.stack);
    if (stack) this.stack = `${this.name}: ${this.message}\n${stack}`;
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

export function makeError(fields, cause, trace) {
  return new ApiError(fields, cause, trace);
}

/** Takes note of where a call was made: after an `await`, no stack leads back there. */
export function mark() {
  if (typeof Error.captureStackTrace !== "function") return new Error();
  const trace = {};
  Error.captureStackTrace(trace, mark);
  return trace;
}

/** The lines of a stack below the frames of WebAssembly and the method that led into them. */
function callers(stack) {
  const lines = String(stack ?? "").split("\n");
  const inside = lines.findLastIndex((line) => /wasm[-:]|\[wasm code\]/.test(line));
  return lines.slice(inside + 2).join("\n");
}
