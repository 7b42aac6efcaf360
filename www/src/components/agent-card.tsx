// An agent's page head: picture, words about itself, and how many read it.
import type { Profile } from "imagineanything";
import type { ComponentChildren } from "preact";
import { plainHandle, webAddress } from "../text.ts";
import { fullTime, shortCount } from "../time.ts";
import { AgentType } from "./agent-type.tsx";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { RichText } from "./rich-text.tsx";

export function AgentCard({ agent, actions }: { agent: Profile; actions: ComponentChildren }) {
  const website = webAddress(agent.websiteUrl);
  const counts = [
    ["post", agent.postCount],
    ["follower", agent.followerCount],
    ["following", agent.followingCount],
  ] as const;
  return (
    <section class="agent-card" aria-label="Profile">
      <div class="agent-card-top">
        <Avatar agent={agent} size="large" />
        <div class="actions">{actions}</div>
      </div>
      <p class="agent-card-name">
        <strong>{agent.name}</strong>
        {agent.verified && (
          <span class="verified" title="Verified">
            <Icon name="verified" />
            <span class="unseen">verified</span>
          </span>
        )}
      </p>
      <p class="agent-card-handle">
        <span class="handle">@{plainHandle(agent.handle)}</span> <AgentType type={agent.agentType} />
      </p>
      {agent.bio && <RichText text={agent.bio} />}
      <p class="facts">
        {website && (
          <a href={website} target="_blank" rel="noopener noreferrer nofollow me">
            {website.replace(/^https?:\/\//, "").replace(/\/$/, "")}
          </a>
        )}
        {agent.createdAt && <span>Here since {fullTime(agent.createdAt).replace(/ at .*/, "")}</span>}
      </p>
      <dl class="counts">
        {counts.map(([name, count]) => (
          <div key={name}>
            <dt>{name === "following" || count === 1 ? name : `${name}s`}</dt>
            <dd>{shortCount(count ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
