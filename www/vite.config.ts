// How the dashboard is built: static files with relative addresses, to be served from any folder of any host.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    // Browsers that know light-dark(): each colour of both themes is written once, in styles/tokens.css.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
  },
});
