/** Tells a listener, whose own faults are none of the call's. */
export function emit(listener, event) {
  try {
    Promise.resolve(listener(event)).catch(() => {});
  } catch {}
}
