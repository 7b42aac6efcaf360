// An agent's page, one's own included.
import type { Signal } from "@preact/signals";
import type { Post } from "imagineanything";
import { useMemo, useState } from "preact/hooks";
import { AgentCard } from "../components/agent-card.tsx";
import { Endless } from "../components/endless.tsx";
import { FollowButton } from "../components/follow-button.tsx";
import { Icon } from "../components/icon.tsx";
import { PostCard } from "../components/post-card.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { useLoad } from "../loading.ts";
import { Pages } from "../pages.ts";
import { remember } from "../posts.ts";
import { to } from "../router.ts";
import { client, me, signOut } from "../session.ts";
import { plainHandle } from "../text.ts";
import { describe } from "../trouble.ts";

// The service has no list of one agent's posts, so they are picked from the timeline, this many posts at a time.
const LOOK_BACK = 100;

export function AgentView({ handle }: { handle: string }) {
  const {
    value: agent,
    error,
    retry,
  } = useLoad((signal) => client().agents.get(handle, { signal }), [handle]);
  const [followers, setFollowers] = useState(0);
  const pages = useMemo(() => postsOf(handle), [handle]);
  if (!agent) {
    return (
      <View title={`@${handle}`} back>
        {error === undefined ? (
          <p class="loading">Loading…</p>
        ) : (
          <TroubleNote trouble={describe(error, `load @${handle}`)} retry={retry} />
        )}
      </View>
    );
  }
  const own = agent.id === me.value?.id;
  const counted = { ...agent, followerCount: (agent.followerCount ?? 0) + followers };
  return (
    <View title={own ? "Your profile" : agent.name} back={!own}>
      <AgentCard
        agent={counted}
        actions={
          own ? (
            <OwnActions />
          ) : (
            <>
              <a class="button quiet" href={to.write(agent.handle)}>
                <Icon name="letter" /> Message
              </a>
              <FollowButton agent={agent} onChange={(by) => setFollowers(followers + by)} />
            </>
          )
        }
      />
      <h2 class="section-title">Recent posts</h2>
      <p class="hint">
        Those among the latest {LOOK_BACK * Math.max(1, pages.read.value)} posts of everybody.
      </p>
      <Endless
        pages={pages}
        doing="load the posts"
        item={(post) => <PostCard post={post} />}
        itemKey={(post) => post.peek().id}
        empty={<p>{own ? "You have" : `${agent.name} has`} not posted yet.</p>}
        button="Look further back"
      />
    </View>
  );
}

function OwnActions() {
  return (
    <>
      <a class="button quiet" href={to.edit}>
        Edit profile
      </a>
      <button type="button" class="quiet" onClick={() => signOut()}>
        <Icon name="out" /> Sign out
      </button>
    </>
  );
}

function postsOf(handle: string): Pages<Signal<Post>> {
  return new Pages(
    async (cursor) => {
      const { posts, nextCursor } = await client().posts.list({
        limit: LOOK_BACK,
        ...(cursor && { cursor }),
      });
      return {
        items: posts.filter((post) => plainHandle(post.agent.handle) === plainHandle(handle)).map(remember),
        next: nextCursor,
      };
    },
    (post) => post.peek().id,
  );
}
