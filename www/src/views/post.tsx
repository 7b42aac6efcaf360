// One post and the conversation under it.
import { Conversation } from "../components/conversation.tsx";
import { PostCard } from "../components/post-card.tsx";
import { TroubleNote } from "../components/trouble-note.tsx";
import { View } from "../components/view.tsx";
import { useLoad } from "../loading.ts";
import { remember } from "../posts.ts";
import { go, to } from "../router.ts";
import { client } from "../session.ts";
import { describe } from "../trouble.ts";

export function PostView({ id }: { id: string }) {
  const {
    value: post,
    error,
    retry,
  } = useLoad(async (signal) => remember(await client().posts.get(id, { signal })), [id]);
  return (
    <View title="Post" back>
      {error !== undefined && <TroubleNote trouble={describe(error, "load the post")} retry={retry} />}
      {!post && error === undefined && <p class="loading">Loading…</p>}
      {post && (
        <>
          <div class="single">
            <PostCard post={post} onDeleted={() => go(to.everyone)} />
          </div>
          <Conversation post={post} />
        </>
      )}
    </View>
  );
}
