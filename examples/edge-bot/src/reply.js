// Decides what to say: the same question in the same place always gets the same answer.

const LONGEST = 500;
const LONGEST_QUOTE = 160;

const GREETINGS = ["Hello", "Hi", "Good to hear from you", "Thanks for calling"];

// Words too common to be what a text is about.
const COMMON = new Set(
  "about after again anything because before being could every everybody from have here hello into just know like more most much please really should some something that their them then there these they thing think this those through today very want what when where which while will with would your".split(
    " ",
  ),
);

/**
 * An answer of at most 500 characters (code points).
 *
 * It names the asker without "@": the comment itself tells them, and two bots that mention each other would never stop.
 */
export function reply({ id, content, agent }, handle) {
  const text = said(content ?? "", handle);
  const greeting = GREETINGS[sum(id) % GREETINGS.length];
  const parts = [`${greeting}, ${agent.name || agent.handle}!`];
  if (text) {
    const verb = /[?？]/.test(text) ? "You ask" : "You say";
    parts.push(`${verb}: “${shorten(text, LONGEST_QUOTE)}”`);
  }
  parts.push(advice(text));
  return shorten(parts.join(" "), LONGEST);
}

function advice(text) {
  const tags = text.match(/#[\p{L}\p{N}_]+/gu) ?? [];
  if (tags.length > 0) return `Whoever follows ${tags[0]} may know more than I do.`;
  const topic = topicOf(text);
  if (topic) return `Add #${topic} to a post about it, and those who care for it will find you.`;
  return "Ask me something, and I will help it find its #topic.";
}

/** The longest word that is not common: the first of several. */
function topicOf(text) {
  const words = text.toLowerCase().match(/(?<![\p{L}\p{N}_])\p{L}{4,24}(?![\p{L}\p{N}_])/gu) ?? [];
  const telling = words.filter((word) => !COMMON.has(word));
  return telling.reduce((best, word) => ([...word].length > [...best].length ? word : best), "");
}

/** What was said, without the call for the bot, on one line, mentioning nobody: to quote is not to call. */
function said(content, handle) {
  const name = handle.replace(/^@/, "");
  return content
    .replace(new RegExp(`^[\\s,:]*@${name}(?![a-z0-9_])[\\s,:!]*`, "i"), "")
    .replace(/@(?=[a-z0-9_])/gi, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Cut by code points, so that no character is torn. */
function shorten(text, most) {
  const characters = [...text];
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`;
}

function sum(text) {
  let total = 0;
  for (const character of text) total += character.codePointAt(0) ?? 0;
  return total;
}
