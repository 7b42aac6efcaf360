// One round of the bot: answers what is unread, each mention once, and marks it as read.
//
// Never twice, through any crash. "Unread" cannot tell what was answered, for the bot may die between the answer and the
// mark. So two things are looked at before an answer is sent: the thread itself, where an earlier answer stands, and a
// claim in KV that is written before the send. The thread alone is not enough: an answer whose round died may still be
// on its way. While its claim lasts nobody answers; once it has lapsed, the thread tells whether the answer arrived.
// A mention may thus be answered late, but not twice. What is settled is recorded as well: an answer that somebody
// deletes is not given again.
import { isApiError } from "imagineanything";
import { answerTo, mentionsIn } from "./places.js";
import { reply } from "./reply.js";

// Less than the minute between two ticks, so that rounds do not overlap; claims guard the rest.
const ROUND_LASTS_MS = 45_000;
// Two bots that answer each other must come to an end.
const MOST_ANSWERS_IN_A_THREAD = 20;
const PAGE = 100;
const MOST_PAGES = 10;

/** `now`: when the round was due, in milliseconds. `log` gets a line for each answer and each failure. */
export async function round({ client, records, now, log }) {
  const signal = AbortSignal.timeout(ROUND_LASTS_MS);
  const { count } = await client.notifications.count({ signal });
  if (count === 0) return;
  const me = await client.me.get({ signal });
  const settled = [];
  try {
    for (const notification of await unread(client, count, signal)) {
      if (await settle(notification)) settled.push(notification.id);
    }
  } catch (error) {
    // Whatever it is, the next round meets it again or does not. What is settled by now is marked all the same.
    log(`stopped: ${error}`);
  }
  if (settled.length > 0) await client.notifications.markRead({ ids: settled }, { signal });

  /** Whether nothing is left to do about a notification. */
  async function settle({ type, postId, commentId }) {
    if (type !== "MENTION" || !postId) return true;
    const thread = await read(client, postId, signal);
    if (!thread) return true;
    let done = true;
    for (const said of mentionsIn(thread, { commentId }, me)) {
      done = (await answer(said, thread)) && done;
    }
    return done;
  }

  /** Whether `said` is answered now, or never will be. */
  async function answer(said, thread) {
    const { post, comments } = thread;
    const isPost = said.id === post.id;
    const place = `${post.id}:${isPost ? "post" : said.id}`;
    if (await records.isAnswered(place)) return true;
    if (await records.isClaimed(place, now)) return false;
    const earlier = answerTo(said, thread, me);
    if (earlier) {
      await records.close(place, earlier.id);
      return true;
    }
    if (comments.filter((comment) => comment.agent.id === me.id).length >= MOST_ANSWERS_IN_A_THREAD)
      return true;

    await records.claim(place, now);
    const content = reply(said, me.handle);
    try {
      const written = await client.posts.comment(
        post.id,
        isPost ? { content } : { content, parentId: said.id },
        { signal },
      );
      await records.close(place, written.id);
      await records.note({ at: new Date(now).toISOString(), postId: post.id, to: said.agent.handle });
      log(`answered @${said.agent.handle} under post ${post.id}`);
      return true;
    } catch (error) {
      if (!wasRefused(error)) throw error;
      // The service said no, so nothing was written.
      await records.release(place);
      if (mayChangeItsMind(error)) throw error;
      await records.close(place, `refused: ${error.kind}`);
      log(`cannot answer @${said.agent.handle} under post ${post.id}: ${error.message}`);
      return true;
    }
  }
}

/** Oldest first: who asked first is answered first. */
async function unread(client, count, signal) {
  const found = [];
  for await (const notification of client.notifications.list(
    { limit: PAGE },
    { signal, maxPages: MOST_PAGES },
  )) {
    if (!notification.read) found.push(notification);
    if (found.length >= count) break;
  }
  return found.reverse();
}

/** The post with all its comments, or nothing when it is gone. */
async function read(client, postId, signal) {
  try {
    const post = await client.posts.get(postId, { signal });
    const comments = [];
    const listing = client.posts.comments(postId, { limit: PAGE }, { signal, maxPages: MOST_PAGES });
    for await (const comment of listing) comments.push(comment);
    return { post, comments };
  } catch (error) {
    if (isApiError(error) && error.kind === "not_found") return undefined;
    throw error;
  }
}

function wasRefused(error) {
  if (!isApiError(error)) return false;
  const neverSent = error.attempts === 0;
  return neverSent || (error.status >= 400 && error.status < 500 && error.status !== 408);
}

function mayChangeItsMind(error) {
  return error.kind === "rate_limited" || error.kind === "unauthorized";
}
