// How an entry loads its wasm.

/**
 * Calls `load` the first time, and again only after it failed. `failed` makes the error of a wasm that
 * could not be loaded.
 */
export function once(load, failed) {
  let loading;
  return () => {
    loading ??= attempt(load).catch((cause) => {
      loading = undefined;
      throw failed(`the wasm could not be loaded (${cause?.message ?? cause}). ${ADVICE}`, cause);
    });
    return loading;
  };
}

const ADVICE =
  'Where it is missing, import from "imagineanything/inline" or "imagineanything/text/inline"; ' +
  "a content security policy needs 'wasm-unsafe-eval'";

const attempt = async (load) => load();

/** The bytes of a wasm: a file's, or where there is none those of the script that holds it. */
export async function bytesOf(read, inline) {
  try {
    return read();
  } catch {
    const { wasm } = await inline();
    return Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
  }
}
