// Who is signed in, and the client that every view calls through.
import { computed, signal } from "@preact/signals";
import { type Client, connect, type Profile } from "imagineanything";
import { tell } from "./notices.ts";
import { givenService, service } from "./service.ts";
import { keep, readKept, type Where } from "./storage.ts";
import { loadTextRules } from "./text.ts";
import { needsSignIn } from "./trouble.ts";

export interface Session {
  client: Client;
  /** Nobody when browsing without an account: the client then reads what everybody may. */
  me?: Profile;
}

/** What brings a session back after a reload. The tokens are the library's to keep; the secret is kept nowhere. */
interface Kept {
  clientId: string;
  service: string;
}

type Found = Kept & { where: Where };

const KEY = "imagineanything.session";
const PLACES: Where[] = ["session", "local"];

export const session = signal<Session | undefined>(undefined);
export const me = computed(() => session.value?.me);
/** Changes when somebody signs in or out, and not when their profile does. */
export const currentClient = computed(() => session.value?.client);
/** Why the kept session could not be taken up: the service may be back in a moment. */
export const startFailure = signal<unknown>(undefined);

/** Takes up the kept session, or begins without one. */
export async function startSession(): Promise<void> {
  startFailure.value = undefined;
  try {
    const kept = findKept();
    await Promise.all([loadTextRules(), kept ? resume(kept) : browse()]);
  } catch (error) {
    startFailure.value = error;
  }
}

async function resume({ clientId, service: address, where }: Found): Promise<void> {
  service.value = address;
  const client = await connect({ clientId, storage: where, baseUrl: address });
  try {
    session.value = { client, me: await client.me.get() };
  } catch (error) {
    if (!needsSignIn(error)) throw error;
    await leave(client);
    tell("take up your session", error);
  }
}

export interface SignIn {
  clientId: string;
  clientSecret: string;
  /** Where the library keeps the tokens: until the tab closes, or until signing out. */
  where: Where;
}

export async function signIn({ clientId, clientSecret, where }: SignIn): Promise<void> {
  const client = await connect({ clientId, clientSecret, storage: where, baseUrl: service.value });
  const profile = await client.me.get();
  const kept: Kept = { clientId, service: service.value };
  for (const place of PLACES) keep(place, KEY, place === where ? JSON.stringify(kept) : null);
  session.value = { client, me: profile };
}

export async function signOut(): Promise<void> {
  await leave(client());
}

async function leave(client: Client): Promise<void> {
  for (const where of PLACES) keep(where, KEY, null);
  await client.auth.signOut();
  await browse();
}

/** Begins anew without an account, at the service that is set now. */
export async function browse(): Promise<void> {
  session.value = { client: await connect({ baseUrl: service.value }) };
}

/** The client of the present session. Views are drawn only while there is one. */
export function client(): Client {
  if (!session.value) throw new Error("A view was drawn before the session began.");
  return session.value.client;
}

export function meChanged(profile: Profile): void {
  if (session.value) session.value = { ...session.value, me: profile };
}

function findKept(): Found | undefined {
  for (const where of PLACES) {
    const kept = readSession(readKept(where, KEY));
    if (kept && (!givenService || kept.service === givenService)) return { ...kept, where };
  }
  return undefined;
}

function readSession(text: string | null): Kept | undefined {
  try {
    const { clientId, service } = JSON.parse(text ?? "{}");
    return typeof clientId === "string" && typeof service === "string" ? { clientId, service } : undefined;
  } catch {
    return undefined;
  }
}
