export * from "../dist/imagineanything.js";

/** What the wasm can come from. */
export type Wasm = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

/** Loads the wasm. Loading it twice does no harm. */
export function init(options: { module_or_path: Wasm | Promise<Wasm> }): Promise<unknown>;

/** Loads the wasm from its bytes or its compiled module. */
export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
