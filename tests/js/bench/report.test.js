//! The tables and charts of given numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bars, figure, lines, scale } from "./chart.js";
import { spread } from "./numbers.js";
import { report, section, table } from "./report.js";

const at = (median) => ({ low: median * 0.9, median, high: median * 1.2 });

const RESULTS = {
  size: {
    parties: [
      { name: "imagineanything", brotli: 70_000, script: 6000, wasm: 64_000, operations: 107 },
      { name: "ky", brotli: 8000, script: 8000, wasm: 0, operations: null },
      { name: "octokit", brotli: 37_000, script: 37_000, wasm: 0, operations: 1028 },
    ],
  },
  call: {
    rounds: 11,
    runtimes: [
      {
        name: "Node 24.21.0",
        cases: [1, 20].map((posts) => ({
          posts,
          parties: [
            { name: "imagineanything", floor: at(25), call: at(35), over: at(10), ratio: at(1.4) },
            { name: "ky", floor: at(25), call: at(30), over: at(5), ratio: at(1.2) },
            { name: "octokit", floor: at(25), call: at(800), over: at(775), ratio: at(32) },
          ],
        })),
      },
      { name: "Chromium", failed: "none of chromium is on PATH" },
    ],
  },
  start: {
    rounds: 21,
    isolateRounds: 11,
    node: [
      { name: "imagineanything", ms: at(9), workedMs: at(10), rss: at(4e6) },
      { name: "ky", ms: at(3), workedMs: at(4), rss: at(1e6) },
    ],
    wasm: { compile: at(0.8), instantiate: at(0.4) },
    workerd: { failed: "no loader" },
  },
  memory: {
    parties: [
      { name: "imagineanything", calls: 265_000, client: 3100, walk: 94_000 },
      { name: "ky", calls: -1000, client: 1700, walk: null },
    ],
  },
  growth: {
    pageBytes: 13_000,
    calls: [1, 10].map((count) => ({ count, time: at(40), held: 2100 })),
    floor: [1, 10].map((count) => ({ count, time: at(30) })),
    pages: [1, 10_000].map((count) => ({ count, time: at(60), held: 90_000 })),
  },
};
const WHERE = { date: "2026-01-02", machine: "a machine", told: true, versions: { imagineanything: "0.1.0", ky: "2.1.0" } };

/** The cells of the first row of a table that begins with this one. */
function row(text, first) {
  const line = text.split("\n").find((it) => it.startsWith(`| ${first} `));
  assert.ok(line, `no row begins with ${first}`);
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

/** The attributes of the elements of a kind. */
function elements(svg, kind) {
  return [...svg.matchAll(new RegExp(`<${kind} ([^>]*?)/?>`, "g"))].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
  );
}

/** Fails where a text leaves the picture. Letters are no wider than this. */
function assertWhole(svg) {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg).map(Number);
  for (const [, attributes, content] of svg.matchAll(/<text ([^>]*)>(.*?)<\/text>/g)) {
    const [, x, y, anchor] = /x="(.*?)" y="(.*?)" text-anchor="(.*?)"/.exec(attributes);
    const long = content.replace(/<.*?>/g, "  ").length * (attributes.includes("title") ? 8.5 : 7);
    const from = Number(x) - { start: 0, middle: long / 2, end: long }[anchor];
    assert.ok(from >= 0 && from + long <= width, `${content} is cut off at the side`);
    assert.ok(Number(y) > 10 && Number(y) < height, `${content} is cut off above or below`);
  }
}

test("the spread of numbers is their median and quartiles, whatever their order", () => {
  assert.deepEqual(spread([5, 1, 4, 2, 3]), { low: 2, median: 3, high: 4 });
  assert.deepEqual(spread([4, 1, 3, 2]), { low: 1.75, median: 2.5, high: 3.25 });
  assert.deepEqual(spread([10, 9]), { low: 9.25, median: 9.5, high: 9.75 });
});

test("an axis begins at 0 and ends in a round number that is not below the most", () => {
  assert.deepEqual(scale(10), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(scale(106.6), [0, 50, 100, 150]);
  assert.deepEqual(scale(0.3), [0, 0.1, 0.2, 0.3]);
  assert.ok(scale(0).at(-1) > 0);
});

test("bars are as long as their values, sorted, and ours stands out", () => {
  const rows = [
    { label: "b", value: 40, ours: true, low: 30, high: 50 },
    { label: "a", value: 20 },
  ];
  const svg = figure("f", [bars({ title: "t", about: "", rows })]);
  const [short, long] = elements(svg, "rect").filter((it) => it.class !== "ground");
  assert.equal(short.class, "bar");
  assert.equal(long.class, "ours");
  assert.equal(short.x, long.x);
  assert.ok(Math.abs(Number(long.width) - 2 * Number(short.width)) < 0.2);
  assert.ok(Number(short.y) < Number(long.y));
  const [whisker] = elements(svg, "path").filter((it) => it.class === "whisker");
  const [, from, to] = /M([\d.]+) [\d.]+H([\d.]+)/.exec(whisker.d).map(Number);
  const unit = Number(long.width) / 40;
  assert.ok(Math.abs(from - (Number(long.x) + 30 * unit)) < 0.2);
  assert.ok(Math.abs(to - (Number(long.x) + 50 * unit)) < 0.2);
});

test("a bar beyond the cap ends there, broken, and tells its value; one below 0 has no length", () => {
  const rows = [
    { label: "far", value: 500 },
    { label: "near", value: 5 },
    { label: "below", value: -3 },
  ];
  const svg = figure("f", [bars({ title: "t", about: "", rows, cap: 10 })]);
  const widths = elements(svg, "rect").filter((it) => it.class === "bar").map(({ width }) => Number(width));
  assert.equal(widths[0], 0);
  assert.ok(Math.abs(widths[2] - 2 * widths[1]) < 0.2);
  assert.match(svg, />500</);
  assert.match(svg, />-3</);
  assert.equal(elements(svg, "path").filter((it) => it.class === "ground").length, 1);
});

test("lines stand at their values over counts at equal distances", () => {
  const points = [1, 10, 100].map((count, index) => ({ count, value: [50, 100, 0][index] }));
  const svg = figure("f", [lines({ title: "t", about: "", series: [{ label: "ours", points }], across: "calls" })]);
  const dots = elements(svg, "circle").map(({ cx, cy }) => [Number(cx), Number(cy)]);
  assert.equal(dots[1][0] - dots[0][0], dots[2][0] - dots[1][0]);
  const heights = dots.map(([, y]) => dots[2][1] - y);
  assert.equal(heights[1], 2 * heights[0]);
  assert.ok(heights[0] > 50);
});

test("the labels of two lines that end at the same place are both legible", () => {
  const series = [30, 29].map((value) => ({ label: `at ${value}`, points: [{ count: 1, value }] }));
  const svg = figure("f", [lines({ title: "t", about: "", series, across: "calls" })]);
  const [upper, lower] = [30, 29].map((value) => Number(new RegExp(`y="([\\d.]+)"[^>]*>at ${value}<`).exec(svg)[1]));
  assert.ok(lower - upper >= 14, `${upper} and ${lower}`);
});

test("the report has a row and a bar for each client, and says what was not measured", () => {
  const { text, charts } = report(RESULTS, WHERE, "docs/benchmarks");
  const without = report({ ...RESULTS, growth: { failed: "node ended" } }, WHERE, "docs/benchmarks");
  assert.match(text, /Measured on 2026-01-02 \(a machine\) in Node 24.21.0 and Chromium,/);
  assert.deepEqual(row(text, "`ky`"), ["`ky`", "2.1.0"]);
  assert.match(without.text, /## Growth\n\nNot measured: node ended/);
  assert.match(text, /### Chromium\n\nNot measured: none of chromium is on PATH/);
  assert.match(text, /Not measured: no loader/);
  assert.deepEqual(Object.keys(charts), ["size", "call", "start", "memory", "growth"]);
  for (const [name, svg] of Object.entries(charts)) {
    assert.ok(text.includes(`(docs/benchmarks/${name}.svg)`));
    assert.match(svg, /prefers-color-scheme: dark/);
    assert.match(svg, /class="(ours|path first)"/);
    assertWhole(svg);
  }
  assert.ok(!/undefined|NaN/.test(text + Object.values(charts).join("")));
});

test("tables have each number in its place, the least first", () => {
  const size = section("size", RESULTS.size).text;
  assert.deepEqual(row(size, "**`imagineanything`**"), ["**`imagineanything`**", "70.0", "6.0 + 64.0", "107"]);
  assert.deepEqual(row(size, "`ky`"), ["`ky`", "8.0", "8.0", "none of its own"]);
  assert.ok(size.indexOf("| `ky`") < size.indexOf("| `octokit`") && size.indexOf("| `octokit`") < size.indexOf("| **"));
  const call = section("call", RESULTS.call).text;
  assert.deepEqual(row(call, "the floor, µs in all").slice(1), ["25.0", "1", "25.0", "1"]);
  assert.deepEqual(row(call, "`ky`").slice(1), ["5.0", "1.20 (1.08 to 1.44)", "5.0", "1.20 (1.08 to 1.44)"]);
  const memory = section("memory", RESULTS.memory).text;
  assert.deepEqual(row(memory, "`ky`").slice(1), ["1.7", "-1.0", "no iterator"]);
  const growth = section("growth", RESULTS.growth);
  assert.deepEqual(row(growth.text, "10").slice(1), ["40.0 (36.0 to 48.0)", "30.0 (27.0 to 36.0)", "2.1"]);
  assert.match(growth.charts.growth.svg, /10,000 pages have 130 MB/);
});

test("the columns of a table are aligned", () => {
  const lengths = table(["a", "b"], [["long", 1], ["x", 12_345]]).split("\n").map((line) => line.length);
  assert.equal(new Set(lengths).size, 1);
});
