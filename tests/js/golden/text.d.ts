/// <reference lib="esnext.disposable" />
/* tslint:disable */
/* eslint-disable */
/** Loads the wasm, the first time; its functions then answer at once. Nothing is sent but what loads it. */
export function loadText(): Promise<TextFunctions>;

/** What a text is counted in: `"utf-16"` is what `length` tells, `"utf-8"` are bytes, `"graphemes"` what people see. */
export type TextUnit = "code-points" | "utf-16" | "utf-8" | "graphemes";

/**
 * Pure functions on the text of posts. A lone surrogate counts as U+FFFD would: one code point, one
 * UTF-16 code unit, three bytes, one grapheme; what is cut out of a text keeps it as it was.
 */
export interface TextFunctions {
    /**
     * How many of a unit a text has. Default: `"code-points"`, by which the service is taken to count.
     *
     * @throws `TypeError` when `text` is no string, `RangeError` when there is no such unit.
     */
    countText(text: string, unit?: TextUnit | undefined): number;

    /**
     * The mentions, hashtags and links of a text, in order; none overlaps another.
     *
     * A mention is `@` or `＠` and a handle, a hashtag `#` or `＃` and letters, digits, combining marks
     * or `_` of any script, at least one of them a letter; a middle dot, the Hebrew and Tibetan signs
     * within words, a wave dash and zero-width joiners between letters belong to the word. Neither
     * counts inside a word, an e-mail address or a link; letters of scripts like Japanese may stand
     * before a mention, an accented letter after it makes it none. A link begins with `http://` or
     * `https://` and a host, which is a domain, `localhost` or an IP address, with or without a port.
     * It ends before the punctuation of its sentence and before zero-width and bidirectional control
     * characters; brackets belong to it where they are balanced.
     *
     * **Assumption:** the rules of the live service are not known; these are those of twitter-text,
     * with the service's own handles.
     *
     * @throws `TypeError` when `text` is no string.
     */
    entities(text: string): TextEntity[];

    /**
     * Splits a text into the posts of a thread, each within the limit.
     *
     * A part ends with the last paragraph that fits, else with the last sentence or line, if that
     * leaves it at least a quarter full, else with the last word, else inside of a word. Graphemes,
     * mentions, hashtags and links stay whole. The parts are the text in order: nothing but white space
     * is left out, between two of them, before the first and after the last. A blank text has none.
     *
     * @throws {@link TextTooLong} when something that stays whole is longer than a part; `TypeError` or
     * another `RangeError` when an argument is wrong.
     */
    splitThread(text: string, options?: ThreadOptions | undefined): string[];
}

/** Where something stands in a text. */
export interface TextRange {
    start: number;
    /** Where it is over. */
    end: number;
}

/** A mention, a hashtag or a link: `text.slice(start, end)`. */
export type TextEntity = TextMention | TextHashtag | TextLink;

/** What all entities have. `start` and `end` are UTF-16 code units, as strings count them. */
export interface TextEntityBase extends TextRange {
    /** As it stands in the text, its mark included. */
    text: string;
    /** Where it stands in the text's UTF-8. */
    bytes: TextRange;
}

/** Whether such an agent exists, only the service knows. */
export interface TextMention extends TextEntityBase {
    kind: "mention";
    /** Lower case, without `@`. */
    handle: string;
}

export interface TextHashtag extends TextEntityBase {
    kind: "hashtag";
    /** Lower case, without `#`. */
    tag: string;
}

/** It begins with `http://` or `https://` and a host; whether that exists is not known. */
export interface TextLink extends TextEntityBase {
    kind: "link";
    url: string;
}

/** How a text is split. */
export interface ThreadOptions {
    /** How long a part may be, its number included. Default: 500, which is how long a post may be. */
    limit?: number | undefined;
    /** What `limit` counts. Default: `"code-points"`. */
    unit?: TextUnit | undefined;
    /** Ends each part in its number and how many there are: "… 2/3". One part alone has none. Default: false. */
    numbering?: boolean | "1/n" | undefined;
}

/** What `splitThread` throws for something that stays whole and has no room in a part. */
export interface TextTooLong extends RangeError, TextRange {
    kind: "mention" | "hashtag" | "link" | "grapheme";
    /** It itself. */
    text: string;
    /** How long it is, in `unit`. */
    length: number;
    /** How much room its part has: the limit, less the number. */
    room: number;
    limit: number;
    unit: TextUnit;
}
