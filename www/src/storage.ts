// The browser's two stores, which may be switched off: then nothing is kept, and nothing fails.

export type Where = "local" | "session";

export function readKept(where: Where, key: string): string | null {
  try {
    return area(where).getItem(key);
  } catch {
    return null;
  }
}

/** `null` removes. */
export function keep(where: Where, key: string, value: string | null): void {
  try {
    if (value === null) area(where).removeItem(key);
    else area(where).setItem(key, value);
  } catch {
    // Switched off or full: the choice lasts as long as the page.
  }
}

function area(where: Where): Storage {
  return where === "local" ? localStorage : sessionStorage;
}
