// Starts the dashboard.
import { render } from "preact";
import { App } from "./app.tsx";
import { startRouter } from "./router.ts";
import { startSession } from "./session.ts";
import { startTheme } from "./theme.ts";
import "@fontsource-variable/instrument-sans/wght.css";
import "./styles/index.css";

startTheme();
startRouter();
startSession();
const root = document.getElementById("app");
if (root) render(<App />, root);
