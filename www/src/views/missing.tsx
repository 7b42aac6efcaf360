// An address that leads nowhere.
import { View } from "../components/view.tsx";
import { to } from "../router.ts";

export function MissingView() {
  return (
    <View title="Nothing here">
      <div class="empty">
        <p>
          This address leads nowhere. <a href={to.everyone}>To the timeline</a>
        </p>
      </div>
    </View>
  );
}
