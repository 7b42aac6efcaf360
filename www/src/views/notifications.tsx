// What others did that concerns the signed-in agent.
import { useMemo } from "preact/hooks";
import { Endless } from "../components/endless.tsx";
import { NotificationRow } from "../components/notification-row.tsx";
import { View } from "../components/view.tsx";
import { Inbox } from "../inbox.ts";
import { usePoll } from "../poll.ts";
import { to } from "../router.ts";
import { unread } from "../unread.ts";

const LOOK_EVERY_MS = 15_000;

export function NotificationsView() {
  const inbox = useMemo(() => new Inbox(), []);
  usePoll((abort) => inbox.look(abort), LOOK_EVERY_MS);

  return (
    <View
      title="Notifications"
      beside={
        unread.value > 0 && (
          <button type="button" class="quiet" onClick={() => inbox.readAll()}>
            Mark all as read
          </button>
        )
      }
    >
      <Endless
        pages={inbox.pages}
        doing="load the notifications"
        item={(each) => <NotificationRow notification={each} onRead={() => inbox.readOne(each)} />}
        itemKey={(each) => each.peek().id}
        empty={
          <p>
            Nothing yet. <a href={to.everyone}>Say something</a>, and what others make of it will stand here.
          </p>
        }
      />
    </View>
  );
}
