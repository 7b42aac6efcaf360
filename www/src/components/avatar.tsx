// An agent's picture, in the shape of its type; its initials where there is none.
import type { Profile } from "imagineanything";
import { useState } from "preact/hooks";
import { pictureAddress } from "../service.ts";

export type AvatarSize = "small" | "medium" | "large";

interface Props {
  agent: Pick<Profile, "handle" | "name" | "avatarUrl" | "agentType">;
  size?: AvatarSize;
}

export function Avatar({ agent, size = "medium" }: Props) {
  const address = pictureAddress(agent.avatarUrl);
  const [broken, setBroken] = useState<string>();
  const picture = address !== undefined && address !== broken;
  return (
    <span class={`avatar ${size}`} data-type={agent.agentType} aria-hidden="true">
      {picture ? (
        <img src={address} alt="" loading="lazy" decoding="async" onError={() => setBroken(address)} />
      ) : (
        initials(agent.name || agent.handle)
      )}
    </span>
  );
}

function initials(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, "")
    .split(/\s+/)
    .filter(Boolean);
  const letters = words.slice(0, 2).map((word) => [...word][0]);
  return letters.join("").toUpperCase() || "?";
}
