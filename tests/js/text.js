//! What every runtime must be able to do with `imagineanything/text`. Plain JavaScript: it is copied into each consumer.

const UNITS = ["code-points", "utf-16", "utf-8", "graphemes"];
const VALUES = { mention: "handle", hashtag: "tag", link: "url" };

/** Runs all cases, which are those of the crate, and gives how many there were. */
export async function checkText({ loadText }, cases) {
  const functions = await loadText();
  const checks = [
    ...cases.texts.flatMap((given) => [counts(functions, given), found(functions, given)]),
    ...cases.threads.map((given) => thread(functions, given)),
    ...cases.tooLong.map((given) => tooLong(functions, given)),
    ...surrogates(functions),
    ...wrong(functions),
  ];
  for (const [got, expected] of checks) {
    const [seen, wanted] = [JSON.stringify(got), JSON.stringify(expected)];
    if (seen !== wanted) throw new Error(`got ${seen}, expected ${wanted}`);
  }
  return checks.length;
}

function counts({ countText }, { text, counts }) {
  const got = UNITS.map((unit) => countText(text, unit));
  return [[countText(text), ...got], [counts[0], ...counts]];
}

function found({ entities }, { text, entities: expected }) {
  const whole = ({ kind, value, utf16, utf8 }) => {
    const [[start, end], [first, last]] = [utf16, utf8];
    const shown = text.slice(start, end);
    return { kind, text: shown, [VALUES[kind]]: value, start, end, bytes: { start: first, end: last } };
  };
  return [entities(text), expected.map(whole)];
}

function thread({ splitThread }, { text, options, parts }) {
  return [splitThread(text, options), parts];
}

function tooLong({ splitThread }, { text, options, fault }) {
  const { kind, text: shown, utf16, length, room } = fault;
  const [start, end] = utf16;
  const { limit, unit = "code-points" } = options;
  const error = failure(() => splitThread(text, options));
  const told = error instanceof RangeError && error.message.includes(`the ${kind} "${shown}" has ${length} `);
  return [{ told, ...error }, { told: true, kind, text: shown, start, end, length, room, limit, unit }];
}

/** A lone surrogate counts as U+FFFD would, and stays what it is. */
function surrogates({ countText, entities, splitThread }) {
  const [high, low] = ["\ud83d", "\udf08"];
  const text = `${low}${high} #a${high} @echo`;
  return [
    [UNITS.map((unit) => countText(high, unit)), [1, 1, 3, 1]],
    [UNITS.map((unit) => countText(low + high, unit)), [2, 2, 6, 2]],
    [UNITS.map((unit) => countText(high + low, unit)), [1, 2, 4, 1]],
    [entities(text).map(({ start, end, bytes }) => [start, end, bytes.start, bytes.end]), [[3, 5, 7, 9], [7, 12, 13, 18]]],
    [splitThread(text, { limit: 7 }), [`${low}${high} #a${high}`, "@echo"]],
    [splitThread(text, { limit: 12, unit: "utf-8", numbering: true }), [`${low}${high} 1/3`, `#a${high} 2/3`, "@echo 3/3"]],
  ];
}

/** Wrong arguments are told by function, argument, what was expected and what was got. */
function wrong({ countText, entities, splitThread }) {
  const message = (call) => `${failure(call)}`;
  return [
    [message(() => countText(5)), "TypeError: countText: text: expected a string, got 5"],
    [message(() => entities()), "TypeError: entities: text: expected a string, got undefined"],
    [message(() => splitThread({})), "TypeError: splitThread: text: expected a string, got something else (object)"],
    [
      message(() => countText("", "letters")),
      'RangeError: countText: unit: expected one of code-points, utf-16, utf-8, graphemes, got "letters"',
    ],
    [message(() => splitThread("", null)), "TypeError: splitThread: options: expected an object, got null"],
    [
      message(() => splitThread("", { limt: 3 })),
      "TypeError: splitThread: limt: expected only limit, unit and numbering, got an unknown key",
    ],
    ...[0, 1.5, -1, NaN, Infinity].map((limit) => [
      message(() => splitThread("", { limit })),
      `RangeError: splitThread: limit: expected an integer of at least 1, got ${limit}`,
    ]),
    [
      message(() => splitThread("", { numbering: 1 })),
      'TypeError: splitThread: numbering: expected true, false or "1/n", got 1',
    ],
    [splitThread("aa bb", { limit: 2 ** 40 }), ["aa bb"]],
    [splitThread("aa bb", { limit: 6, numbering: "1/n" }), ["aa bb"]],
    [splitThread("aa bb cc", { limit: 6, numbering: "1/n" }), ["aa 1/3", "bb 2/3", "cc 3/3"]],
  ];
}

function failure(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("a call succeeded that should fail");
}
