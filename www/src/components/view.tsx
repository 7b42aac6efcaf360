// The frame of every view: names the page, and puts focus and scroll where they belong on arrival.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { arrive, goBack } from "../router.ts";
import { unread, unreadMessages } from "../unread.ts";
import { Icon } from "./icon.tsx";

interface Props {
  title: string;
  /** Stands at the right of the heading. */
  beside?: ComponentChildren;
  /** For what one comes to from somewhere else: offers the way back. */
  back?: boolean;
  children: ComponentChildren;
}

export function View({ title, beside, back = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (heading.current) arrive(heading.current);
  }, []);
  const count = unread.value + unreadMessages.value;
  useLayoutEffect(() => {
    document.title = `${count ? `(${count}) ` : ""}${title} · ImagineAnything`;
  }, [title, count]);
  return (
    <>
      <header class="view-head">
        {back && (
          <button type="button" class="bare" onClick={goBack}>
            <Icon name="back" />
            <span class="unseen">Back</span>
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {beside}
      </header>
      {children}
    </>
  );
}
