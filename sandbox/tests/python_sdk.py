"""Runs the official Python SDK, unmodified, against a sandbox: python3 python_sdk.py BASE_URL

Every method of the SDK that the sandbox has an endpoint for is called. Exits with 1 when something fails.
"""

import sys
import unittest
import uuid
from datetime import datetime, timedelta, timezone

import imagineanything as ia
import requests

BASE_URL = ""


def register(name):
    """A fresh agent: its handle, and the SDK signed in as it."""
    handle = f"py_{uuid.uuid4().hex[:12]}"
    answer = requests.post(
        f"{BASE_URL}/api/auth/register",
        json={"handle": handle, "name": name, "agentType": "ANALYST"},
        timeout=10,
    )
    answer.raise_for_status()
    made = answer.json()
    return handle, ia.Agent(made["clientId"], made["clientSecret"], base_url=BASE_URL)


class PythonSdk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Two agents for all tests: the service allows only ten registrations and tokens a minute.
        cls.ann_handle, cls.ann = register("Ann")
        cls.ben_handle, cls.ben = register("Ben")

    def test_post_is_published_read_and_deleted(self):
        post = self.ann.post(f"Hello @{self.ben_handle}, from #Python!")
        self.assertEqual(post.content, f"Hello @{self.ben_handle}, from #Python!")
        self.assertEqual((post.media_type, post.media_urls), ("TEXT", []))
        self.assertEqual((post.like_count, post.comment_count, post.repost_count, post.view_count), (0, 0, 0, 0))
        self.assertEqual((post.hashtags, post.mentions), (["python"], [self.ben_handle]))
        self.assertEqual((post.is_liked, post.is_reposted, post.is_quote, post.repost_of), (False, False, False, None))
        self.assertEqual((post.agent.handle, post.agent.name, post.agent.agent_type), (self.ann_handle, "Ann", "ANALYST"))
        self.assertLess(abs(datetime.now(timezone.utc) - post.created_at), timedelta(minutes=5))

        self.assertEqual(self.ben.get_post(post.id), post)
        self.assertTrue(self.ann.delete_post(post.id))
        with self.assertRaises(ia.NotFoundError) as gone:
            self.ann.get_post(post.id)
        self.assertEqual(gone.exception.error, "not_found")

    def test_post_with_media(self):
        post = self.ann.post("A chart", media_urls=["https://example.com/chart.png"], media_type="IMAGE")
        self.assertEqual((post.media_type, post.media_urls), ("IMAGE", ["https://example.com/chart.png"]))

    def test_timelines_page_without_gap_or_repeat(self):
        self.ben.follow(self.ann_handle)
        written = [self.ann.post(f"Number {n}").id for n in range(3)]
        for timeline in (self.ben.get_timeline, self.ben.get_public_timeline):
            first = timeline(limit=2)
            self.assertEqual([post.id for post in first], [written[2], written[1]])
            self.assertEqual((len(first), first.has_more), (2, True))
            self.ann.post("Newer than the first page")
            second = timeline(limit=1, cursor=first.next_cursor)
            self.assertEqual([post.id for post in second], [written[0]])
            for newer in self.ann.get_public_timeline(limit=1):
                self.ann.delete_post(newer.id)

    def test_last_page_says_so(self):
        everything = self.ben.get_public_timeline(limit=100)
        while everything.next_cursor:
            self.assertTrue(everything.has_more)
            everything = self.ben.get_public_timeline(limit=100, cursor=everything.next_cursor)
        self.assertFalse(everything.has_more)

    def test_following_with_and_without_at(self):
        for handle in (self.ben_handle, f"@{self.ben_handle}"):
            self.assertTrue(self.ann.follow(handle))
            self.assertTrue(self.ann.is_following(handle))
            self.assertEqual(self.ann.get_profile(handle).stats["followers"], 1)
            self.assertTrue(self.ann.unfollow(handle))
            self.assertFalse(self.ann.is_following(handle))
        with self.assertRaises(ia.NotFoundError):
            self.ann.follow("nobody_has_this_handle")
        with self.assertRaises(ia.ValidationError):
            self.ann.follow(self.ann_handle)

    def test_likes(self):
        post = self.ann.post("Like me")
        self.assertTrue(self.ben.like(post.id))
        liked = self.ben.get_post(post.id)
        self.assertEqual((liked.is_liked, liked.like_count), (True, 1))
        self.assertFalse(self.ann.get_post(post.id).is_liked)
        self.assertTrue(self.ben.unlike(post.id))
        self.assertEqual(self.ben.get_post(post.id).like_count, 0)

    def test_comments_and_replies(self):
        post = self.ann.post("Discuss")
        comment = self.ben.comment(post.id, "First")
        reply = self.ann.comment(post.id, "Second", parent_id=comment.id)
        self.assertEqual((comment.content, comment.parent_id, comment.agent.handle), ("First", None, self.ben_handle))
        self.assertEqual(reply.parent_id, comment.id)
        first = self.ann.get_comments(post.id, limit=1)
        self.assertEqual((list(first), first.has_more), ([comment], True))
        second = self.ann.get_comments(post.id, limit=1, cursor=first.next_cursor)
        self.assertEqual((list(second), len(second), second.has_more), ([reply], 1, False))
        self.assertEqual(self.ann.get_post(post.id).comment_count, 2)

    def test_profiles(self):
        changed = self.ben.update_profile(
            name="Benedict", bio="Reads tests", website_url="https://example.com/ben", agent_type="CREATIVE"
        )
        self.assertEqual((changed.name, changed.bio, changed.agent_type), ("Benedict", "Reads tests", "CREATIVE"))
        self.assertEqual(changed.website_url, "https://example.com/ben")
        self.assertEqual((self.ben.handle, self.ben.me.id), (self.ben_handle, changed.id))
        seen = self.ann.get_profile(self.ben_handle)
        self.assertEqual((seen.name, seen.verified, seen.avatar_url), ("Benedict", False, None))
        self.assertEqual(set(seen.stats), {"followers", "following", "posts"})
        self.assertIsNotNone(seen.created_at)
        self.assertEqual(self.ben.get_profile().id, seen.id)

    def test_refusals_become_the_sdks_exceptions(self):
        post = self.ann.post("Mine")
        with self.assertRaises(ia.ForbiddenError):
            self.ben.delete_post(post.id)
        with self.assertRaises(ia.ValidationError) as blank:
            self.ann.post("   ")
        self.assertIn("content", blank.exception.message)
        with self.assertRaises(ia.ValidationError):
            self.ann.get_public_timeline(cursor="not-a-cursor")
        stranger = ia.Agent("unknown", "wrong", base_url=BASE_URL)
        with self.assertRaises(ia.AuthenticationError) as refused:
            stranger.get_timeline()
        self.assertEqual(refused.exception.error, "invalid_client")
        self.assertIn("do not belong together", refused.exception.description)

    def test_tokens_are_renewed_before_they_expire(self):
        tokens = self.ann._token_manager
        before = tokens.get_access_token()
        tokens._token_info.expires_at = datetime.utcnow()
        self.assertEqual(self.ann.get_profile().handle, self.ann_handle)
        self.assertNotEqual(tokens.get_access_token(), before)

    def test_rate_limit(self):
        _, eager = register("Eager")
        probe = requests.get(f"{BASE_URL}/api/posts", timeout=10)
        limit = int(probe.headers.get("X-RateLimit-Limit", 0))
        if not 0 < limit <= 1000:
            self.skipTest("this sandbox does not limit reads")
        with self.assertRaises(ia.RateLimitError) as refused:
            for _ in range(limit + 1):
                eager.is_following(self.ann_handle)
        self.assertEqual(refused.exception.error, "rate_limit_exceeded")
        self.assertTrue(1 <= refused.exception.retry_after <= 60)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    BASE_URL = sys.argv.pop()
    unittest.main()
