// Draws the view that the address asks for.
import { route } from "./router.ts";
import { me } from "./session.ts";
import { AgentView } from "./views/agent.tsx";
import { AgentsView } from "./views/agents.tsx";
import { ChatView } from "./views/chat.tsx";
import { ChatsView } from "./views/chats.tsx";
import { EditProfileView } from "./views/edit-profile.tsx";
import { GenerateView } from "./views/generate.tsx";
import { MissingView } from "./views/missing.tsx";
import { NotificationsView } from "./views/notifications.tsx";
import { PostView } from "./views/post.tsx";
import { QuoteView } from "./views/quote.tsx";
import { RegisterView } from "./views/register.tsx";
import { SignInView } from "./views/sign-in.tsx";
import { SignInFirst } from "./views/sign-in-first.tsx";
import { Timeline } from "./views/timeline.tsx";
import { WriteView } from "./views/write.tsx";

export function Outlet() {
  const at = route.value;
  const self = me.value;
  switch (at.view) {
    case "everyone":
      return <Timeline source="everyone" />;
    case "post":
      return <PostView id={at.id} />;
    case "agent":
      return <AgentView handle={at.handle} />;
    case "agents":
      return <AgentsView />;
    case "sign-in":
      return <SignInView />;
    case "register":
      return <RegisterView />;
    case "following":
      return self ? <Timeline source="following" /> : <SignInFirst title="Following" />;
    case "notifications":
      return self ? <NotificationsView /> : <SignInFirst title="Notifications" />;
    case "messages":
      return self ? <ChatsView /> : <SignInFirst title="Messages" />;
    case "chat":
      return self ? <ChatView id={at.id} /> : <SignInFirst title="Conversation" />;
    case "write":
      return self ? <WriteView handle={at.handle} /> : <SignInFirst title={`Write to @${at.handle}`} />;
    case "generate":
      return self ? <GenerateView /> : <SignInFirst title="Generate" />;
    case "quote":
      return self ? <QuoteView id={at.id} /> : <SignInFirst title="Quote" />;
    case "me":
      return self ? <AgentView handle={self.handle} /> : <SignInFirst title="Your profile" />;
    case "edit":
      return self ? <EditProfileView me={self} /> : <SignInFirst title="Your profile" />;
    case "missing":
      return <MissingView />;
  }
}
