//! Charts as SVG: bars and lines in panels, one below the other. Every axis begins at 0.

const WIDTH = 760;
const MARGIN = 24;
const LABELS = 190;
const VALUES = 84;
const ROW = 24;
const HEAD = 58;
const AXIS = 34;
const PLOT = 190;
const LEGEND = 180;
const LINE = 18;
/** How many ticks an axis has, about. */
const TICKS = 5;

const STYLE = `
  .ground { fill: #ffffff } .text { fill: #1f2328 } .quiet { fill: #59636e } .line { stroke: #d1d9e0 }
  .bar { fill: #b6bfc9 } .ours { fill: #0969da } .whisker { stroke: #1f2328 } .mark { stroke: #bc4c00 }
  .path { fill: none; stroke-width: 2 } .path.first { stroke: #0969da } .path.second { stroke: #818b98 }
  .dot.first { fill: #0969da } .dot.second { fill: #818b98 }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif }
  .title { font-size: 15px; font-weight: 600 } .small { font-size: 12px } .strong { font-weight: 600 }
  .note { fill: #59636e; font-size: 12px; font-weight: 400 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .text { fill: #f0f6fc } .quiet { fill: #9198a1 } .line { stroke: #3d444d }
    .note { fill: #9198a1 } .bar { fill: #5b636d } .ours { fill: #4493f8 } .whisker { stroke: #f0f6fc } .mark { stroke: #f0883e }
    .path.first { stroke: #4493f8 } .path.second { stroke: #9198a1 }
    .dot.first { fill: #4493f8 } .dot.second { fill: #9198a1 }
  }
`;

/** An SVG of panels made by `bars` and `lines`; `title` is for who cannot see it. */
export function figure(title, panels) {
  let top = MARGIN / 2;
  const drawn = panels.map((panel) => {
    const group = `<g transform="translate(0 ${top})">\n${panel.content}\n</g>`;
    top += panel.height;
    return group;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<rect class="ground" width="${WIDTH}" height="${top}"/>
${drawn.join("\n")}
</svg>
`;
}

/**
 * Horizontal bars, the shortest first. A row is `{ label, value, low?, high?, ours?, note? }`; values are written with so many
 * `digits`. A bar beyond `cap` ends there, broken; `mark` is a value that all are compared with.
 */
export function bars({ title, about, rows, digits = 0, cap = Infinity, mark }) {
  const sorted = rows.toSorted((a, b) => a.value - b.value);
  const longest = Math.max(...sorted.map(({ value, high = 0 }) => Math.max(value, high)), mark ?? 0);
  const ticks = scale(Math.min(longest, cap));
  const end = ticks.at(-1);
  const left = MARGIN + LABELS;
  const x = (value) => left + (Math.max(0, Math.min(value, end)) / end) * (WIDTH - MARGIN - VALUES - left);
  const bottom = HEAD + sorted.length * ROW;

  const parts = [head(title, about)];
  for (const tick of ticks) parts.push(vertical("line", x(tick), bottom), tickText(x(tick), bottom, String(tick)));
  sorted.forEach((row, index) => parts.push(bar({ ...row, digits, end, x, left, top: HEAD + index * ROW })));
  if (mark !== undefined) parts.push(vertical("mark", x(mark), bottom));
  return { content: parts.join("\n"), height: bottom + AXIS + MARGIN / 2 };
}

function bar({ label, value, low, high, ours, note, digits, end, x, left, top }) {
  const middle = top + ROW / 2;
  const beyond = value > end;
  const tip = x(value);
  const parts = [
    text("text", left - 10, middle + 4, label, { anchor: "end", strong: ours }),
    `<rect class="${ours ? "ours" : "bar"}" x="${left}" y="${top + 4}" width="${fixed(tip - left)}" height="${ROW - 8}"/>`,
  ];
  let after = tip;
  if (beyond) {
    parts.push(`<path class="ground" d="M${tip - 14} ${top + ROW - 2}l6 -${ROW - 4}h4l-6 ${ROW - 4}z"/>`);
  } else if (low !== undefined && high > low) {
    after = x(high);
    parts.push(`<path class="whisker" d="M${fixed(x(low))} ${middle}H${fixed(after)}"/>`);
  }
  parts.push(text("text", after + 7, middle + 4, value.toFixed(digits), { strong: ours, note }));
  return parts.join("\n");
}

/**
 * Lines over counts that grow tenfold. A series is `{ label, points: [{ count, value, low?, high? }] }`, two at the most. The
 * axis reaches to `least` at least.
 */
export function lines({ title, about, series, across, least = 0 }) {
  const counts = [...new Set(series.flatMap(({ points }) => points.map(({ count }) => count)))].sort((a, b) => a - b);
  const highest = Math.max(least, ...series.flatMap(({ points }) => points.map(({ value, high = 0 }) => Math.max(value, high))));
  const ticks = scale(highest);
  const left = MARGIN + 70;
  const right = WIDTH - MARGIN - LEGEND;
  const bottom = HEAD + PLOT;
  const x = (count) => left + 20 + (counts.indexOf(count) / Math.max(1, counts.length - 1)) * (right - left - 40);
  const y = (value) => bottom - (Math.max(0, value) / ticks.at(-1)) * PLOT;

  const parts = [head(title, about)];
  for (const tick of ticks) {
    parts.push(`<path class="line" d="M${left} ${fixed(y(tick))}H${right}"/>`);
    parts.push(text("quiet", left - 8, y(tick) + 4, String(tick), { anchor: "end", small: true }));
  }
  for (const count of counts) parts.push(tickText(x(count), bottom, count.toLocaleString("en")));
  parts.push(text("quiet", right + 8, bottom + 18, across, { small: true }));
  const ends = apart(series.map(({ points }) => y(points.at(-1).value)));
  series.forEach(({ label, points }, index) => {
    const kind = index === 0 ? "first" : "second";
    const path = points.map(({ count, value }) => `${fixed(x(count))} ${fixed(y(value))}`).join("L");
    parts.push(`<path class="path ${kind}" d="M${path}"/>`);
    for (const { count, value, low, high } of points) {
      if (low !== undefined) parts.push(`<path class="whisker" d="M${fixed(x(count))} ${fixed(y(low))}V${fixed(y(high))}"/>`);
      parts.push(`<circle class="dot ${kind}" cx="${fixed(x(count))}" cy="${fixed(y(value))}" r="4"/>`);
    }
    parts.push(text("text", right + 8, ends[index] + 4, label, { small: true, strong: index === 0 }));
  });
  return { content: parts.join("\n"), height: bottom + AXIS + MARGIN / 2 };
}

/** The places of two labels, with a line's height between them. */
function apart([first, second]) {
  if (second === undefined || Math.abs(first - second) >= LINE) return [first, second];
  const middle = (first + second) / 2;
  const half = first > second ? LINE / 2 : -LINE / 2;
  return [middle + half, middle - half];
}

/** Round steps from 0 to the first that is not below the greatest value. */
export function scale(greatest) {
  const most = greatest > 0 ? greatest : 1;
  const rough = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((it) => it * power).find((it) => it >= rough * (1 - 1e-9));
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function head(title, about) {
  return [text("text title", MARGIN, 22, title), text("quiet", MARGIN, 42, about, { small: true })].join("\n");
}

const vertical = (kind, at, bottom) => `<path class="${kind}" d="M${fixed(at)} ${HEAD}V${bottom}"/>`;

const tickText = (at, bottom, content) => text("quiet", at, bottom + 18, content, { anchor: "middle", small: true });

function text(kind, x, y, content, { anchor = "start", small, strong, note } = {}) {
  const classes = [kind, small && "small", strong && "strong"].filter(Boolean).join(" ");
  const after = note ? `<tspan class="note" dx="8">${escaped(note)}</tspan>` : "";
  return `<text class="${classes}" x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}">${escaped(content)}${after}</text>`;
}

const fixed = (number) => Number(number.toFixed(1));

const escaped = (content) => content.replace(/[&<>"]/g, (it) => `&#${it.charCodeAt(0)};`);
