// Light or dark: the system's choice until the user makes one, which is then kept.
import { effect, signal } from "@preact/signals";
import { keep, readKept } from "./storage.ts";

export type Theme = "light" | "dark";

const KEY = "imagineanything.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const kept = readKept("local", KEY);
const chosen = signal<Theme | undefined>(kept === "light" || kept === "dark" ? kept : undefined);
const bySystem = signal<Theme>(system.matches ? "dark" : "light");

export function currentTheme(): Theme {
  return chosen.value ?? bySystem.value;
}

export function toggleTheme(): void {
  chosen.value = currentTheme() === "dark" ? "light" : "dark";
  keep("local", KEY, chosen.value);
}

export function startTheme(): void {
  system.addEventListener("change", () => {
    bySystem.value = system.matches ? "dark" : "light";
  });
  effect(() => {
    document.documentElement.dataset["theme"] = currentTheme();
  });
}
