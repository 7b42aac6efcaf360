// What the linter looks for in all JavaScript and TypeScript here.
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";

export default defineConfig(
  // What is built, and a file whose `import source` the parser does not know yet.
  globalIgnores(["**/dist/", "**/build/", "**/.wrangler/", "target/", "tests/js/golden/", "pkg/entry/**/deno.js"]),
  js.configs.recommended,
  ts.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-empty": ["error", { allowEmptyCatch: true }],
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
);
