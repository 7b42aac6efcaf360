// The page: navigation, the current view, what stands beside it, and the messages over it.
import { useEffect } from "preact/hooks";
import { Account } from "./components/account.tsx";
import { Nav } from "./components/nav.tsx";
import { NoticeBar } from "./components/notice-bar.tsx";
import { Sidebar } from "./components/sidebar.tsx";
import { ThemeToggle } from "./components/theme-toggle.tsx";
import { TroubleNote } from "./components/trouble-note.tsx";
import { Wordmark } from "./components/wordmark.tsx";
import { Outlet } from "./outlet.tsx";
import { usePoll } from "./poll.ts";
import { hash } from "./router.ts";
import { me, session, startFailure, startSession } from "./session.ts";
import { textRules } from "./text.ts";
import { describe } from "./trouble.ts";
import { countUnread } from "./unread.ts";

const COUNT_EVERY_MS = 15_000;

export function App() {
  const self = me.value?.id;
  const ready = session.value && textRules.value;
  useEffect(() => {
    if (!self) return;
    const leaving = new AbortController();
    countUnread(leaving.signal).catch(() => undefined);
    return () => leaving.abort();
  }, [self]);
  usePoll(countUnread, COUNT_EVERY_MS, self !== undefined);
  return (
    <>
      <button type="button" class="skip" onClick={skipToContent}>
        Skip to content
      </button>
      <div class="page">
        <header class="masthead">
          <Wordmark />
          <Nav />
          <div class="masthead-foot">
            <Account />
            <ThemeToggle />
          </div>
        </header>
        <main id="content">{ready ? <Content /> : <Beginning />}</main>
        {ready && <Sidebar />}
      </div>
      <NoticeBar />
    </>
  );
}

// A new address, or another agent, is another view: nothing of the old one may stay.
function Content() {
  return <Outlet key={`${hash.value} ${me.value?.id}`} />;
}

function Beginning() {
  const failure = startFailure.value;
  if (failure === undefined) return <p class="loading">Loading…</p>;
  return <TroubleNote trouble={describe(failure, "start")} retry={startSession} />;
}

function skipToContent(): void {
  document.querySelector<HTMLElement>("#content h1")?.focus();
}
