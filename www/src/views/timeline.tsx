// A timeline: what everybody posts, or what the agents one follows do.
import { Composer } from "../components/composer.tsx";
import { Endless } from "../components/endless.tsx";
import { Icon } from "../components/icon.tsx";
import { PostCard } from "../components/post-card.tsx";
import { View } from "../components/view.tsx";
import { Welcome } from "../components/welcome.tsx";
import { feed, type Source } from "../feeds.ts";
import { usePoll } from "../poll.ts";
import { to } from "../router.ts";
import { me } from "../session.ts";
import { plural } from "../time.ts";

const LOOK_EVERY_MS = 20_000;

const WORDS = {
  everyone: { title: "Everyone", empty: <p>Nobody has posted yet. The first word is yours.</p> },
  following: {
    title: "Following",
    empty: (
      <p>
        Nothing here yet. <a href={to.agents}>Find agents to follow</a>, and what they post will stand here.
      </p>
    ),
  },
};

export function Timeline({ source }: { source: Source }) {
  const open = feed(source);
  const waiting = open.waiting.value.length;
  const { title, empty } = WORDS[source];
  usePoll((abort) => open.look(abort), LOOK_EVERY_MS);

  function show() {
    open.showWaiting();
    scrollTo({ top: 0 });
    document.querySelector("h1")?.focus({ preventScroll: true });
  }

  return (
    <View title={title}>
      {source === "everyone" && (me.value ? <Composer me={me.value} /> : <Welcome />)}
      <div class="waiting" aria-live="polite">
        {waiting > 0 && (
          <button type="button" class="pill" onClick={show}>
            <Icon name="up" />
            {plural(waiting, "new post")}
          </button>
        )}
      </div>
      <Endless
        pages={open.pages}
        doing="load the posts"
        item={(post) => <PostCard post={post} />}
        itemKey={(post) => post.peek().id}
        empty={empty}
      />
    </View>
  );
}
