// Follows and unfollows an agent.
import type { Profile } from "imagineanything";
import { useEffect } from "preact/hooks";
import { following, learnFollowing, toggleFollow } from "../follows.ts";
import { go, to } from "../router.ts";
import { me } from "../session.ts";

interface Props {
  agent: Profile;
  /** With 1 after a follow and -1 after its end, for the count beside the button. */
  onChange: (by: 1 | -1) => void;
}

export function FollowButton({ agent, onChange }: Props) {
  const signedIn = me.value !== undefined;
  const follows = following(agent.handle).value;

  useEffect(() => {
    if (!signedIn) return;
    const leaving = new AbortController();
    // Not knowing is no obstacle: the button then offers to follow, which twice is no error.
    learnFollowing(agent.handle, leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [agent.handle, signedIn]);

  async function toggle() {
    if (!signedIn) return go(to.signIn);
    if (await toggleFollow(agent.handle)) onChange(follows ? -1 : 1);
  }

  return (
    <button
      type="button"
      class={follows ? "quiet" : "primary"}
      aria-pressed={follows ?? false}
      onClick={toggle}
    >
      {follows ? "Following" : "Follow"}
      <span class="unseen"> {agent.name}</span>
    </button>
  );
}
