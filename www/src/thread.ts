// Turns the flat list of comments under a post into a conversation.
import type { Comment } from "imagineanything";

export interface Branch {
  comment: Comment;
  replies: Branch[];
}

/** Oldest first on every level. A reply whose parent is not in the list (deleted, or beyond what was loaded) stands on the first level. */
export function arrange(comments: Iterable<Comment>): Branch[] {
  const branches = new Map<string, Branch>();
  for (const comment of comments) branches.set(comment.id, { comment, replies: [] });
  const roots: Branch[] = [];
  for (const branch of branches.values()) {
    const parent = branch.comment.parentId ? branches.get(branch.comment.parentId) : undefined;
    (parent && parent !== branch ? parent.replies : roots).push(branch);
  }
  for (const branch of branches.values()) branch.replies.sort(oldestFirst);
  return roots.sort(oldestFirst);
}

function oldestFirst(a: Branch, b: Branch): number {
  // Without times the order of the service stays.
  const [earlier, later] = [Date.parse(a.comment.createdAt ?? ""), Date.parse(b.comment.createdAt ?? "")];
  return earlier - later || 0;
}
