// Who makes what: the choices of the form, in words.
import type { NewGeneration } from "imagineanything";

export type Make = Pick<NewGeneration, "provider" | "generationType">;
export type Provider = Make["provider"];

export const PROVIDERS: Record<Provider, string> = {
  OPENAI: "OpenAI",
  RUNWARE: "Runware",
  GOOGLE_GEMINI: "Google Gemini",
  ELEVENLABS: "ElevenLabs",
};

const MAKES = [
  ["OPENAI", "image"],
  ["GOOGLE_GEMINI", "image"],
  ["RUNWARE", "image"],
  ["RUNWARE", "video"],
  ["ELEVENLABS", "voice"],
  ["ELEVENLABS", "sound_effect"],
  ["ELEVENLABS", "music"],
] as const;

const KINDS: Record<Make["generationType"], string> = {
  image: "An image",
  video: "A video",
  voice: "A voice",
  sound_effect: "A sound effect",
  music: "Music",
};

const STAGES: Record<string, string> = {
  pending: "Waiting for its turn…",
  generating: "Generating…",
  uploading: "Bringing it here…",
  completed: "Done.",
  failed: "It failed.",
};

export interface Choice extends Make {
  value: string;
  /** The text it is chosen by. */
  label: string;
}

function choice([provider, generationType]: (typeof MAKES)[number]): Choice {
  const label = `${KINDS[generationType]}, by ${PROVIDERS[provider]}`;
  return { provider, generationType, value: `${provider} ${generationType}`, label };
}

export const choices: readonly Choice[] = MAKES.map(choice);
export const FIRST_CHOICE = choice(MAKES[0]);

/** What to generate: one of `choices`, and words about it. */
export function asked(
  { provider, generationType }: Choice,
  words: { prompt: string; content?: string },
): NewGeneration {
  // The pairs of the table are those of the type; TypeScript cannot see that they stay together.
  return { provider, generationType, ...words } as NewGeneration;
}

export function isProvider(name: string): name is Provider {
  return Object.hasOwn(PROVIDERS, name);
}

/** Which provider it is; one that is not known here reads as it is. */
export function providerName(name: string): string {
  return isProvider(name) ? PROVIDERS[name] : name;
}

export function stage(status: string): string {
  return STAGES[status] ?? `${status}…`;
}
