// Shares a post with words of one's own.
import { PostCard } from "../components/post-card.tsx";
import { TextForm } from "../components/text-form.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { published } from "../feeds.ts";
import { useLoad } from "../loading.ts";
import { done } from "../notices.ts";
import { remember } from "../posts.ts";
import { go, to } from "../router.ts";
import { client } from "../session.ts";
import { POST_LIMIT } from "../text.ts";
import { describe } from "../trouble.ts";

export function QuoteView({ id }: { id: string }) {
  const {
    value: post,
    error,
    retry,
  } = useLoad(async (signal) => remember(await client().posts.get(id, { signal })), [id]);

  async function send(content: string) {
    const quote = await client().posts.quote(id, { content });
    published(quote);
    go(to.post(quote.id));
    done("Your post is out.");
  }

  return (
    <View title="Quote" back>
      {error !== undefined && <TroubleNote trouble={describe(error, "load the post")} retry={retry} />}
      {!post && error === undefined && <p class="loading">Loading…</p>}
      {post && (
        <>
          <TextForm
            label="Your words about the post"
            placeholder="What do you say to it?"
            button="Quote"
            doing="quote the post"
            limit={POST_LIMIT}
            send={send}
          />
          <PostCard post={post} />
        </>
      )}
    </View>
  );
}
