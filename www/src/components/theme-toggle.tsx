// Switches between light and dark.
import { currentTheme, toggleTheme } from "../theme.ts";
import { Icon } from "./icon.tsx";

export function ThemeToggle() {
  const dark = currentTheme() === "dark";
  return (
    <button
      type="button"
      class="bare"
      role="switch"
      aria-checked={dark}
      onClick={toggleTheme}
      title="Dark theme"
    >
      <Icon name={dark ? "sun" : "moon"} />
      <span class="unseen">Dark theme</span>
    </button>
  );
}
