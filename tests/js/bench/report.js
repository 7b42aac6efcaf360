//! Tables and charts of what was measured, and the texts around them.

import { bars, figure, lines } from "./chart.js";

const OURS = "imagineanything";
/** The size of an answer that the chart of calls shows, in posts. */
const CHARTED = 20;
/** Charts show no bar beyond so many times the floor. */
const CAP = 10;
/** And none beyond so many kB a client. */
const CLIENT_CAP = 50;

/** The whole file, and its charts by name. */
export function report(results, { date, machine, told, versions }, folder) {
  const charts = {};
  const sections = Object.entries(results).map(([part, measured]) => {
    const made = section(part, measured, { told });
    const images = Object.entries(made.charts).map(([name, { alt, svg }]) => {
      charts[name] = svg;
      return `![${alt}](${folder}/${name}.svg)`;
    });
    return [`## ${TITLES[part]}`, ...images, made.text].join("\n\n");
  });
  const runtimes = list(results.call.runtimes?.map(({ name }) => name) ?? []);
  const text = `# Benchmarks

What \`imagineanything\` costs, beside other clients: how large it is, what it adds to a call, how soon it is there, what it leaves in memory, how it grows. Where another is better, the tables say so.

Measured on ${date} (${machine}) in ${runtimes}, everything in one run:

\`\`\`sh
cargo xtask bench                                  # all of it, in some minutes; writes this file
cargo xtask bench size|call|start|memory|growth    # a part, printed
\`\`\`

The other clients speak to services of their own, so each makes its natural call for a list, and no network is there: a stub of \`fetch\` answers at once, with the same posts in the form that the client expects. All have their defaults, retries and limits among them. They take turns within every round, so that whatever else the machine does falls on all of them alike. A number is a median; the quartiles stand in brackets behind it or as a thin line in the chart. [\`tests/js/bench/\`](tests/js/bench/) has the code, [\`peers/parties/\`](tests/js/bench/peers/parties/) the call of each client.

${table(["client", "version"], Object.entries(versions).map(([name, version]) => [titled(name), version]))}

${sections.join("\n\n")}
`;
  return { text, charts };
}

const TITLES = { size: "Size", call: "A call", start: "Start", memory: "Memory", growth: "Growth" };

/** The tables and texts of one part, and its charts by name. */
export function section(part, measured, { told = true } = {}) {
  if (measured.failed) return { text: `Not measured: ${measured.failed}`, charts: {} };
  return { size, call, start, memory, growth }[part](measured, told);
}

function size({ parties }) {
  const sorted = parties.toSorted((a, b) => a.brotli - b.brotli);
  const operations = (count) => count?.toLocaleString("en") ?? "none of its own";
  const rows = sorted.map(({ name, brotli, script, wasm, operations: count }) => {
    return [titled(name), kilobytes(brotli), wasm ? `${kilobytes(script)} + ${kilobytes(wasm)}` : kilobytes(script), operations(count)];
  });
  const bar = ({ name, brotli, operations: count }) => ({
    label: name,
    value: brotli / 1000,
    ours: name === OURS,
    note: count === null ? "" : `${operations(count)} operations`,
  });
  const panel = bars({
    title: "Over the wire, in kB",
    about: "Bundled for a browser, minified, brotli: the client and one call",
    rows: parties.map(bar),
  });
  const text = `A page that imports the client and makes one call, bundled by \`esbuild --bundle --minify --platform=browser --format=esm\` and compressed by brotli. Ours is the script and, beside it, the wasm, which has all operations always, the rules that every argument is checked by, and the long work (threads, generation, notifications); of the others a bundler takes what it can. Operations are the methods of the resources of a client, counted by walking over them at run time, so helpers and old names count, too. \`masto\` has none to count: it makes them of the names that it is asked for; \`ky\` and \`openapi-fetch\` know of no service.

${table(["client", "brotli, kB", "script + wasm, kB", "operations"], rows)}`;
  return { text, charts: { size: { alt: "Bars: the size of each client in kB", svg: figure("Size of each client", [panel]) } } };
}

function call({ rounds, runtimes }, told) {
  const measured = runtimes.filter(({ failed }) => !failed);
  const tables = runtimes.map(({ name, failed, cases }) => {
    return `### ${name}\n\n${failed ? `Not measured: ${failed}` : callTable(cases)}`;
  });
  const panels = measured.map(({ name, cases }) => {
    const { parties } = cases.find(({ posts }) => posts === CHARTED);
    return bars({
      title: `A call in ${name}, as a multiple of fetch and json() alone`,
      about: `${CHARTED} posts an answer; processor time; 1 is the floor; bars beyond ${CAP} are broken`,
      rows: parties.map(({ name, ratio }) => bar(name, ratio)),
      digits: 2,
      cap: CAP,
      mark: 1,
    });
  });
  const processor = "the processor's time of the whole runtime, all its threads";
  const time = told ? processor : "time by the clock: the system does not tell the processor's";
  const text = `What a client adds to a call over the floor, which is the stub and \`json()\` alone, for answers of ${list(runtimes.find(({ cases }) => cases)?.cases.map(({ posts }) => posts) ?? [])} posts, one call after the other, warm. It is ${time}. In each of ${rounds} rounds every client is compared with the floor measured just before it: "times" is the median of these ratios, "µs over" that of the differences. What is below 0 is noise. \`octokit\` has a queue of its own, whose timers cost more than its call.

${tables.join("\n\n")}`;
  const charts = { call: { alt: "Bars: the cost of a call of each client in each runtime", svg: figure("Cost of a call", panels) } };
  return { text, charts: panels.length ? charts : {} };
}

function callTable(cases) {
  const head = cases.flatMap(({ posts }) => [`${posts} ${posts === 1 ? "post" : "posts"}: µs over`, "times"]);
  const charted = cases.find(({ posts }) => posts === CHARTED).parties;
  const names = charted.toSorted((a, b) => a.ratio.median - b.ratio.median).map(({ name }) => name);
  const of = (parties, name) => parties.find((party) => party.name === name);
  const floor = cases.flatMap(({ parties }) => [of(parties, OURS).floor.median.toFixed(1), "1"]);
  const rows = names.map((name) => {
    const cells = cases.flatMap(({ parties }) => {
      const { over, ratio } = of(parties, name);
      return [over.median.toFixed(1), within(ratio, 2)];
    });
    return [titled(name), ...cells];
  });
  return table(["", ...head], [["the floor, µs in all", ...floor], ...rows]);
}

function start({ rounds, isolateRounds, node, wasm, workerd }) {
  const panels = [startPanel("To the first answer in a fresh process of Node 24, in ms", node)];
  if (!workerd.failed) panels.push(startPanel("To the first answer in a fresh isolate of workerd, in ms", workerd.parties));
  const rows = byMedian(node, "ms").map(({ name, ms, workedMs, rss }) => {
    return [titled(name), within(ms, 1), within(workedMs, 1), (rss.median / 1e6).toFixed(1)];
  });
  const isolates = workerd.failed
    ? `Not measured: ${workerd.failed}`
    : table(["client", "ms"], byMedian(workerd.parties, "ms").map(({ name, ms }) => [titled(name), within(ms, 1)]));
  const text = `From nothing to the answer of the first call: importing, connecting, one call for ${CHARTED} posts. All is above what the same takes without a client.

### A fresh process of Node 24

${rounds} processes each. The others are one file each, bundled by esbuild; ours is loaded as npm installs it, its wasm read from disk. "Processor" counts all threads, "memory" is what the process has more in all when the answer is there.

${table(["client", "ms", "processor, ms", "memory, MB"], rows)}

Of ours, compiling the wasm takes ${within(wasm.compile, 2)} ms, instantiating it ${within(wasm.instantiate, 2)} ms; V8 compiles its functions when they are called first.

### A fresh isolate of workerd

${isolateRounds} isolates each, loaded by a worker (a \`workerLoaders\` binding) that is given the bundle, and the wasm as bytes to compile, which a deployed Worker need not do.

${isolates}`;
  return { text, charts: { start: { alt: "Bars: how long each client takes to start", svg: figure("Start of each client", panels) } } };
}

const startPanel = (title, parties) =>
  bars({
    title,
    about: "Import, connect, first call; above the same without a client",
    rows: parties.map(({ name, ms }) => bar(name, ms)),
    digits: 1,
  });

function memory({ parties }) {
  const sorted = parties.toSorted((a, b) => a.client - b.client);
  const rows = sorted.map(({ name, calls, client, walk }) => {
    return [titled(name), (client / 1000).toFixed(1), kilobytes(calls), walk === null ? "no iterator" : kilobytes(walk)];
  });
  const panel = bars({
    title: "One more client, in kB",
    about: `The mean of 500 that made a call each; bars beyond ${CLIENT_CAP} are broken`,
    rows: parties.map(({ name, client }) => bar(name, { median: client / 1000 })),
    cap: CLIENT_CAP,
    digits: 1,
  });
  const text = `Of Node's heap and what it holds outside of it, after garbage collection, in Node 24: what one more client takes, the mean of 500 after the first 100; what 10,000 calls for 20 posts leave; what a walk over 100,000 items, 100 a page, holds at its end more than after 10,000. The last two should be nothing: a megabyte up or down is compiled code and chance. Each answer comes a tenth of a second later by the clock, since ours keeps in mind when the calls of the last minute were made.

${table(["client", "one more client, kB", "left by 10,000 calls, kB", "held by a walk, kB"], rows)}`;
  return { text, charts: { memory: { alt: "Bars: the memory that each client takes", svg: figure("Memory of a client", [panel]) } } };
}

function growth({ pageBytes, calls, floor, pages }) {
  const points = (sizes) => sizes.map(({ count, time }) => ({ count, value: time.median, low: time.low, high: time.high }));
  const kept = (sizes, unit) => sizes.map(({ count, held }) => ({ count, value: held / unit }));
  const longest = pages.at(-1).count;
  const panels = [
    lines({
      title: "A call, of so many at once, in µs",
      about: "Processor time a call, 20 posts each; a level line means that time grows in proportion",
      series: [
        { label: OURS, points: points(calls) },
        { label: "fetch and json() alone", points: points(floor) },
      ],
      across: "calls at once",
    }),
    lines({
      title: "What a call holds while it is under way, of so many at once, in kB",
      about: "Each has asked, and none is answered",
      series: [{ label: OURS, points: kept(calls, 1000) }],
      across: "calls at once",
    }),
    lines({
      title: "A page, of a walk over so many, in µs",
      about: "Processor time a page of 20 posts",
      series: [{ label: OURS, points: points(pages) }],
      across: "pages",
    }),
    lines({
      title: "What a walk holds at its last page, of so many, in MB",
      about: `In all; the answers of ${longest.toLocaleString("en")} pages have ${Math.round((longest * pageBytes) / 1e6)} MB together`,
      least: 1,
      series: [{ label: OURS, points: kept(pages, 1e6) }],
      across: "pages",
    }),
  ];
  const callRows = calls.map(({ count, time, held }, index) => {
    return [count.toLocaleString("en"), within(time, 1), within(floor[index].time, 1), kilobytes(held)];
  });
  const pageRows = pages.map(({ count, time, held }) => [count.toLocaleString("en"), within(time, 1), kilobytes(held)]);
  const text = `How ours grows with its work, in Node 24, in rounds in which the sizes take turns; the floor is \`fetch\` and \`json()\` alone. Time and memory a call should be the same however many are under way, time a page the same however long the walk, and what a walk holds should level off, at a page or two and what the engine has not given back yet.

${table(["calls at once", "µs a call", "the floor, µs", "held a call, kB"], callRows)}

${table(["pages of 20 posts", "µs a page", "held at the end, kB"], pageRows)}`;
  return { text, charts: { growth: { alt: "Lines: time and memory by the number of calls and pages", svg: figure("Growth", panels) } } };
}

const bar = (name, { low, median, high }) => ({ label: name, value: median, low, high, ours: name === OURS });

const byMedian = (parties, key) => parties.toSorted((a, b) => a[key].median - b[key].median);

const titled = (name) => (name === OURS ? `**\`${name}\`**` : `\`${name}\``);

const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

const within = ({ low, median, high }, digits) => `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

const list = (items) => (items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join(""));

/** In Markdown, its columns aligned so that it reads in a terminal, too; numbers stand to the right. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const padded = (cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  const line = (row) => `| ${row.map(padded).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join("\n");
}
