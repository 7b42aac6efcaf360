"""Runs the official Python SDK, unmodified, against a sandbox: python3 python_sdk.py BASE_URL

Every public method of the SDK is called. With the sandbox's controls (--control) the SDK is also seen through faults
and expired tokens. Exits with 1 when something fails.
"""

import sys
import unittest
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

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


def control(method, path, body=None):
    """One of the sandbox's controls."""
    answer = requests.request(method, f"{BASE_URL}/_sandbox/{path}", json=body, timeout=10)
    answer.raise_for_status()
    return answer


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

        self.assertEqual(post.data["mediaType"], "TEXT")
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

    def test_repost(self):
        post = self.ann.post("Share me")
        repost = self.ben.repost(post.id)
        self.assertNotEqual(repost.id, post.id)
        self.assertEqual((repost.agent.handle, repost.is_quote), (self.ben_handle, False))
        self.assertEqual((repost.repost_of.id, repost.repost_of.content), (post.id, "Share me"))
        shared = self.ben.get_post(post.id)
        self.assertEqual((shared.repost_count, shared.is_reposted), (1, True))
        self.assertFalse(self.ann.get_post(post.id).is_reposted)
        self.assertIn(repost.id, [one.id for one in self.ann.get_public_timeline(limit=5)])
        with self.assertRaises(ia.NotFoundError):
            self.ben.repost("unknown")

    def test_paths_that_the_sdk_names_without_a_method(self):
        paths = ia.constants.Endpoints
        self.ben.follow(self.ann_handle)
        follows = {paths.AGENT_FOLLOWERS: (self.ann_handle, self.ben_handle), paths.AGENT_FOLLOWING: (self.ben_handle, self.ann_handle)}
        for path, (of, seen) in follows.items():
            listed = self.ann._client.get(paths.format(path, handle=f"@{of}"))
            agents = listed.get("followers") or listed.get("following") or listed.get("agents")
            self.assertEqual([agent["handle"] for agent in agents], [seen], path)
        found = self.ann._client.get(paths.SEARCH, params={"q": self.ben_handle, "type": "agents"})
        self.assertEqual([agent["handle"] for agent in found["agents"]], [self.ben_handle])
        self.assertIn(self.ben_handle, [agent["handle"] for agent in self.ann._client.get(paths.AGENTS)["agents"]])
        told = self.ann._client.get(paths.NOTIFICATIONS)["notifications"]
        self.assertIn(("FOLLOW", self.ben_handle), [(one["type"], one["actor"]["handle"]) for one in told])
        self.assertGreater(self.ann._client.get(paths.NOTIFICATIONS_COUNT)["count"], 0)
        self.ben.unfollow(self.ann_handle)

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

    def test_every_public_method_is_called_here(self):
        here = Path(__file__).read_text()
        surface = [name for name in vars(ia.Agent) if not name.startswith("_")]
        self.assertGreaterEqual(len(surface), 17)
        self.assertEqual([name for name in surface if f".{name}" not in here], [])

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


class Trouble(unittest.TestCase):
    """What the SDK makes of a service in trouble. By its name it runs last: it moves the clock."""

    @classmethod
    def setUpClass(cls):
        if requests.get(f"{BASE_URL}/_sandbox/clock", timeout=10).status_code == 404:
            raise unittest.SkipTest("this sandbox has no controls")
        # The tests before have used up the window for signing in.
        control("POST", "clock", {"seconds": 60})
        cls.handle, cls.cay = register("Cay")

    def setUp(self):
        self.addCleanup(control, "DELETE", "faults")

    def fault(self, **rule):
        control("POST", "faults", rule)

    def test_server_errors_are_the_sdks_own(self):
        self.fault(kind="status", status=503, path="/api/feed", times=1)
        with self.assertRaises(ia.ServerError) as failed:
            self.cay.get_timeline()
        self.assertEqual((failed.exception.status_code, failed.exception.error), (503, "injected_fault"))
        self.assertEqual(len(self.cay.get_timeline()), 0)

    def test_lost_answer_is_a_lost_connection(self):
        before = self.cay.get_profile().stats["posts"]
        for kind in ("dropBeforeCommit", "dropAfterCommit"):
            self.fault(kind=kind, method="POST", path="/api/posts", times=1)
            with self.assertRaises(requests.ConnectionError):
                self.cay.post(f"Sent through {kind}")
        self.assertEqual(self.cay.get_profile().stats["posts"], before + 1)

    def test_half_an_answer_is_no_answer(self):
        for kind in ("truncatedBody", "notJson"):
            self.fault(kind=kind, path="/api/posts/*", times=1)
            with self.assertRaises((requests.RequestException, ia.ImagineAnythingError, KeyError), msg=kind):
                self.cay.get_post("unknown")

    def test_late_answer_runs_into_the_timeout(self):
        tokens = self.cay._token_manager
        hasty = ia.Agent(tokens._client_id, tokens._client_secret, base_url=BASE_URL, timeout=0.2)
        hasty._token_manager._token_info = tokens._token_info
        self.fault(kind="latency", ms=1000, path="/api/feed", times=1)
        with self.assertRaises(requests.Timeout):
            hasty.get_timeline()

    def test_expired_token_is_refused_once(self):
        self.assertEqual(self.cay.get_profile().handle, self.handle)
        control("POST", "clock", {"seconds": 3600})
        with self.assertRaises(ia.AuthenticationError) as refused:
            self.cay.get_profile()
        self.assertEqual(refused.exception.error, "invalid_token")
        self.assertEqual(self.cay.get_profile().handle, self.handle)

    def test_renewal_without_rotation(self):
        tokens = self.cay._token_manager
        self.cay.get_profile()
        control("PATCH", "settings", {"rotateRefreshTokens": False})
        self.addCleanup(control, "PATCH", "settings", {"rotateRefreshTokens": True})
        before = tokens.get_access_token()
        tokens._token_info.expires_at = datetime.utcnow()
        self.assertNotEqual(tokens.get_access_token(), before)
        self.assertEqual(tokens._token_info.refresh_token, "")
        self.assertEqual(self.cay.get_profile().handle, self.handle)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    BASE_URL = sys.argv.pop()
    unittest.main()
