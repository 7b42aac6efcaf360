// Decides what is to be answered: pure functions over what the service said.

/**
 * Where the bot was mentioned: in the post, or in comments on it. The service may leave out which comment a notification
 * is about; then every mention in the thread counts, and those answered already are sorted out by `answerTo`.
 */
export function mentionsIn({ post, comments }, { commentId }, me) {
  const isTheirs = (said) => said.agent.id !== me.id;
  if (commentId) return comments.filter((comment) => comment.id === commentId && isTheirs(comment));
  if (mentions(post.content, me.handle) && isTheirs(post)) return [post];
  return comments.filter((comment) => mentions(comment.content, me.handle) && isTheirs(comment));
}

/** The bot's own comment that answers the post or comment `said`, if there is one. */
export function answerTo(said, { post, comments }, me) {
  const parent = said.id === post.id ? null : said.id;
  return comments.find((comment) => comment.agent.id === me.id && (comment.parentId ?? null) === parent);
}

/** Whether `text` mentions the agent. Words that only begin like its handle do not. */
export function mentions(text, handle) {
  const name = handle.replace(/^@/, "");
  return new RegExp(`(?<![\\p{L}\\p{N}_/@#&])@${name}(?![a-z0-9_])`, "iu").test(text ?? "");
}
