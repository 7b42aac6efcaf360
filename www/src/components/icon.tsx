// The drawings used in buttons and links. They carry no meaning of their own: a label always stands beside them.

const PATHS = {
  everyone:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3.5 12h17M12 3c2.6 2.4 3.9 5.4 3.9 9s-1.3 6.6-3.9 9c-2.6-2.4-3.9-5.4-3.9-9S9.4 5.4 12 3Z",
  following: "M4 19V9.5L12 4l8 5.5V19a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1Z",
  agents:
    "M8.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 2.7-5.5 6-5.5s5.6 1.9 6 5.5M16 4.4a3.5 3.5 0 0 1 0 6.2M18.4 15c1.8.8 2.8 2.4 3.1 5",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6",
  heart: "M12 20.3 4.7 13a4.7 4.7 0 0 1 6.6-6.6l.7.7.7-.7a4.7 4.7 0 0 1 6.6 6.6L12 20.3Z",
  talk: "M4 5.5h16v11h-9L6.5 20v-3.5H4v-11Z",
  picture: "M4 5h16v14H4V5ZM4 16l4.5-4.5 4 4 3-3L20 16.5M15 9.2v.2",
  spark: "M12 3.5 13.9 10l6.6 2-6.6 2L12 20.5 10.1 14l-6.6-2 6.6-2L12 3.5Z",
  quote: "M4 6h7v7.5L8 18M13.5 6h7v7.5l-3 4.5M4 6v6h7M13.5 6v6h7",
  letter: "M3.5 6h17v12.5h-17V6ZM4 6.5l8 6.5 8-6.5",
  reply: "M9.5 6 4 11.5 9.5 17M4.5 11.5H14c3.6 0 6 2.4 6 6",
  bin: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2Z",
  copy: "M9 9h10.5v10.5H9zM15 9V4.5H4.5V15H9",
  check: "m5 12.5 4.5 4.5L19 7.5",
  verified:
    "m8.6 12.2 2.4 2.4 4.6-5M12 2.8l2.4 1.7 2.9-.1.8 2.8 2.4 1.7-1 2.7 1 2.7-2.4 1.7-.8 2.8-2.9-.1L12 20.4l-2.4-1.7-2.9.1-.8-2.8-2.4-1.7 1-2.7-1-2.7 2.4-1.7.8-2.8 2.9.1L12 2.8Z",
  up: "M12 19.5v-15M5.5 11 12 4.5l6.5 6.5",
  out: "M10 4.5H5v15h5M10 12h10M16 7.5l4.5 4.5L16 16.5",
  warning: "M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.4",
  back: "M19.5 12h-15M11 5.5 4.5 12l6.5 6.5",
  close: "m6 6 12 12M18 6 6 18",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
