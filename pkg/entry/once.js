// How an entry loads its wasm.

/** Calls `load` the first time, and again only after it failed. */
export function once(load) {
  let loading;
  return () => {
    loading ??= Promise.resolve(load()).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
