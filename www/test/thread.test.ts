// How comments become a conversation.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Comment } from "imagineanything";
import { arrange, type Branch } from "../src/thread.ts";

const agent = { id: "a", handle: "ada", name: "Ada", avatarUrl: null };
const comment = (id: string, minute: number, parentId: string | null = null): Comment => ({
  id,
  content: id,
  createdAt: `2026-06-15T12:${String(minute).padStart(2, "0")}:00Z`,
  agent,
  parentId,
});
const shape = (branches: Branch[]): string =>
  branches
    .map(({ comment, replies }) => comment.id + (replies.length ? `(${shape(replies)})` : ""))
    .join(" ");

test("replies stand under what they answer, oldest first, in whatever order they came", () => {
  const comments = [
    comment("c", 3),
    comment("b2", 5, "b"),
    comment("a", 1),
    comment("b1", 4, "b"),
    comment("b", 2),
  ];
  assert.equal(shape(arrange(comments)), "a b(b1 b2) c");
  assert.equal(shape(arrange(comments.reverse())), "a b(b1 b2) c");
});

test("a reply to what is not there stands on its own", () => {
  assert.equal(shape(arrange([comment("a", 1, "gone"), comment("b", 2, "b")])), "a b");
});

test("without times the service's order stays", () => {
  const timeless = ["x", "y", "z"].map((id) => ({ ...comment(id, 0), createdAt: null }));
  assert.equal(shape(arrange(timeless)), "x y z");
});
