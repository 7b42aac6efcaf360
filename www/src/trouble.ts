// Says in words what went wrong and what the user can do about it.
import { type ApiError, isApiError } from "imagineanything";

/** What a button beside the message may offer. */
export type Remedy = "retry" | "sign-in" | "none";

export interface Trouble {
  title: string;
  advice: string;
  remedy: Remedy;
  /** Faults of single fields, by the name of the field. */
  fields: Record<string, string>;
}

/** `doing` completes "Could not …": "load the posts". */
export function describe(error: unknown, doing: string): Trouble {
  const title = `Could not ${doing}`;
  if (isApiError(error)) return { title, ...advise(error), fields: faults(error) };
  const advice = `This page failed: ${error instanceof Error ? error.message : String(error)}. Reloading it may help.`;
  return { title, advice, remedy: "none", fields: {} };
}

/** The service does not know the session: there is none, or its tokens are refused. */
export function needsSignIn(error: unknown): boolean {
  return isApiError(error) && error.kind === "unauthorized";
}

function advise(error: ApiError): Pick<Trouble, "advice" | "remedy"> {
  if (needsSignIn(error)) {
    return {
      advice: "Your session has ended, or this needs an account. Sign in and try again.",
      remedy: "sign-in",
    };
  }
  switch (error.kind) {
    case "invalid_argument":
      return {
        advice: error.issues.length ? "Please mend what is marked." : said(error),
        remedy: "none",
      };
    case "forbidden":
      return { advice: `Your account may not do this. ${said(error)}`, remedy: "none" };
    case "not_found":
      return { advice: "It is not there (any more).", remedy: "none" };
    case "conflict":
      return { advice: said(error), remedy: "none" };
    case "rate_limited":
      return { advice: `Too many requests in a short time. ${waiting(error.retryAfterMs)}`, remedy: "retry" };
    case "network":
      return {
        advice: "The service could not be reached. Check the connection, then try again.",
        remedy: "retry",
      };
    case "timeout":
      return { advice: "The service took too long. Try again in a moment.", remedy: "retry" };
    case "ambiguous_write":
      // Going on with a thread looks by itself.
      if (error.receipt) return { advice: "The answer of the service was lost.", remedy: "none" };
      return {
        advice: "The answer of the service was lost. Look whether it is there before you do it again.",
        remedy: "none",
      };
    case "server":
      // A job that failed: the service is well, and says why.
      if (error.jobId && error.status === undefined) return { advice: said(error), remedy: "none" };
      return {
        advice: `The service has a problem of its own${asked(error)}. Try again in a moment.`,
        remedy: "retry",
      };
    case "decode":
      return {
        advice:
          "The address did not answer like ImagineAnything. Check the service address on the sign-in page.",
        remedy: "retry",
      };
    default:
      return { advice: said(error), remedy: error.retryable ? "retry" : "none" };
  }
}

function faults(error: ApiError): Record<string, string> {
  if (error.kind === "conflict" && error.operation === "auth.register")
    return { handle: "This handle is taken." };
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.split(/[.[]/)[0] ?? "";
    fields[field] ??= `Expected ${issue.expected}, got ${issue.got}.`;
  }
  return fields;
}

function waiting(ms: number | undefined): string {
  return ms ? `Try again in ${Math.ceil(ms / 1000)} s.` : "Try again in a minute.";
}

function asked(error: ApiError): string {
  return error.requestId ? ` (request ${error.requestId})` : "";
}

/** The message without what only programmers look for: the operation before it, the status in it. */
function said({ message, operation }: ApiError): string {
  const text = message
    .replace(`${operation}: `, "")
    .replace(/\s*\(\d{3}[^)]*\)/, "")
    .trim();
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
