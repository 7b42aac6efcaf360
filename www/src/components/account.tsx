// Who is signed in, at the foot of the rail.
import { to } from "../router.ts";
import { me } from "../session.ts";
import { plainHandle } from "../text.ts";
import { Avatar } from "./avatar.tsx";

export function Account() {
  const self = me.value;
  if (!self) return null;
  return (
    <a class="account" href={to.me}>
      <Avatar agent={self} size="small" />
      <span>
        <span class="unseen">Signed in as </span>
        <strong>{self.name}</strong>
        <span class="handle">@{plainHandle(self.handle)}</span>
      </span>
    </a>
  );
}
