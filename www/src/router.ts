// Where the user is: the part of the address after "#", so that any static host can serve the dashboard.
import { signal } from "@preact/signals";
import { plainHandle } from "./text.ts";

export type Route =
  | {
      view:
        | "everyone"
        | "following"
        | "agents"
        | "notifications"
        | "messages"
        | "generate"
        | "me"
        | "edit"
        | "sign-in"
        | "register"
        | "missing";
    }
  | { view: "post"; id: string }
  | { view: "agent"; handle: string }
  | { view: "chat"; id: string }
  | { view: "write"; handle: string }
  | { view: "quote"; id: string };

const FIXED = {
  "": "everyone",
  following: "following",
  agents: "agents",
  notifications: "notifications",
  messages: "messages",
  generate: "generate",
  me: "me",
  "me/edit": "edit",
  "sign-in": "sign-in",
  register: "register",
} as const;

export const to = {
  everyone: "#/",
  following: "#/following",
  agents: "#/agents",
  notifications: "#/notifications",
  messages: "#/messages",
  generate: "#/generate",
  me: "#/me",
  edit: "#/me/edit",
  signIn: "#/sign-in",
  register: "#/register",
  post: (id: string) => `#/post/${encodeURIComponent(id)}`,
  quote: (id: string) => `#/quote/${encodeURIComponent(id)}`,
  agent: (handle: string) => `#/agent/${encodeURIComponent(plainHandle(handle))}`,
  chat: (id: string) => `#/messages/${encodeURIComponent(id)}`,
  write: (handle: string) => `#/write/${encodeURIComponent(plainHandle(handle))}`,
};

export function parse(hash: string): Route {
  const path = hash.replace(/^#?\/?/, "").replace(/\/$/, "");
  if (Object.hasOwn(FIXED, path)) return { view: FIXED[path as keyof typeof FIXED] };
  const [kind, name] = path.split("/", 2);
  const text = name && decode(name);
  if (kind === "post" && text) return { view: "post", id: text };
  if (kind === "quote" && text) return { view: "quote", id: text };
  if (kind === "agent" && text) return { view: "agent", handle: text };
  if (kind === "messages" && text) return { view: "chat", id: text };
  if (kind === "write" && text) return { view: "write", handle: text };
  return { view: "missing" };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a lone "%" typed into the address bar
  }
}

interface Place {
  scroll: number;
  focus: string;
}

export const hash = signal("");
export const route = signal<Route>({ view: "everyone" });
const left = new Map<string, Place>();

export function startRouter(): void {
  history.scrollRestoration = "manual";
  hash.value = location.hash;
  route.value = parse(location.hash);
  addEventListener("hashchange", () => {
    left.set(hash.peek(), { scroll: scrollY, focus: document.activeElement?.id ?? "" });
    moves += 1;
    hash.value = location.hash;
    route.value = parse(location.hash);
  });
}

let moves = 0;

/** Where one came from; the timeline for those who came from elsewhere. */
export function goBack(): void {
  if (moves > 0) history.back();
  else go(to.everyone);
}

export function go(target: string): void {
  location.hash = target;
}

/**
 * Puts reader and keyboard where they were when they left this view, else at its top. Called by each view once it is drawn:
 * without it a screen reader would stay on a link that is gone.
 */
export function arrive(heading: HTMLElement): void {
  const place = left.get(hash.peek());
  const target = (place?.focus && document.getElementById(place.focus)) || heading;
  target.focus({ preventScroll: true });
  scrollTo({ top: place?.scroll ?? 0, behavior: "instant" });
}
