/** The compiled module, or its address: whatever the bundler makes of a `.wasm` import. */
declare const wasm: WebAssembly.Module;
export default wasm;
