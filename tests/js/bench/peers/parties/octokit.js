import { Octokit } from "octokit";

export * from "../issues.js";
export const open = (fetch) => new Octokit({ auth: "bench", request: { fetch } });
