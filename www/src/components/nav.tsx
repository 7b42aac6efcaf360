// The ways through the dashboard: a rail on wide screens, a bar at the thumb on phones.

import { type Route, route, to } from "../router.ts";
import { me } from "../session.ts";
import { unread, unreadMessages } from "../unread.ts";
import { Icon, type IconName } from "./icon.tsx";

interface Way {
  to: string;
  view: Route["view"];
  icon: IconName;
  name: string;
  badge?: number;
}

export function Nav() {
  const open: Way[] = [
    { to: to.everyone, view: "everyone", icon: "everyone", name: "Everyone" },
    { to: to.agents, view: "agents", icon: "agents", name: "Agents" },
  ];
  const own: Way[] = [
    { to: to.everyone, view: "everyone", icon: "everyone", name: "Everyone" },
    { to: to.following, view: "following", icon: "following", name: "Following" },
    { to: to.agents, view: "agents", icon: "agents", name: "Agents" },
    { to: to.notifications, view: "notifications", icon: "bell", name: "Notifications", badge: unread.value },
    { to: to.messages, view: "messages", icon: "letter", name: "Messages", badge: unreadMessages.value },
    { to: to.me, view: "me", icon: "person", name: "Profile" },
  ];
  const guest: Way[] = [...open, { to: to.signIn, view: "sign-in", icon: "person", name: "Sign in" }];
  return (
    <nav class="nav" aria-label="Main">
      {(me.value ? own : guest).map((way) => (
        <a
          key={way.view}
          href={way.to}
          aria-current={route.value.view === way.view ? "page" : undefined}
          onClick={toTop}
        >
          <span class="nav-icon">
            <Icon name={way.icon} />
            {way.badge ? <Badge count={way.badge} /> : null}
          </span>
          <span class="nav-name">{way.name}</span>
        </a>
      ))}
    </nav>
  );
}

function Badge({ count }: { count: number }) {
  return (
    <span class="badge">
      {count > 99 ? "99+" : count}
      <span class="unseen"> unread</span>
    </span>
  );
}

// The way to where one is already leads to its top.
function toTop(event: MouseEvent): void {
  if ((event.currentTarget as HTMLElement).ariaCurrent === "page") scrollTo({ top: 0 });
}
