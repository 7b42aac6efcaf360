//! Putting texts together. The library's own `concat` and `join` choose among loops of many sizes,
//! which takes a kilobyte each time; `format!` and `to_string` bring three with all that formats,
//! and nothing else in the wasm does.

/// The parts, one after the other.
#[inline(never)]
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    parts.iter().for_each(|part| text.push_str(part));
    text
}

/// The words, with this between them.
#[inline(never)]
pub(crate) fn join(words: &[&str], between: &str) -> String {
    let mut text = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push_str(between);
        }
        text.push_str(word);
    }
    text
}

/// How many characters a text has. The library's own way is for long ones, and large.
#[inline(never)]
pub(crate) fn length(text: &str) -> usize {
    let is_first = |byte: &u8| byte & 0xC0 != 0x80;
    let mut length = 0;
    text.as_bytes().iter().for_each(|byte| length += usize::from(is_first(byte)));
    length
}

/// A whole number as it is written.
#[inline(never)]
pub(crate) fn number(number: usize) -> String {
    let mut text = String::new();
    let mut place = 1;
    while number / place >= 10 {
        place *= 10;
    }
    while place > 0 {
        let digit = (number / place % 10) as u8;
        text.push(char::from(b'0' + digit));
        place /= 10;
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn characters_are_counted() {
        for text in ["", "plain", "héllo", "🦀 and 汉字"] {
            assert_eq!(super::length(text), text.chars().count());
        }
    }

    #[test]
    fn numbers_are_written() {
        for number in [0, 7, 10, 99, 100, 1090, 50_000_000, u32::MAX as usize] {
            assert_eq!(super::number(number), number.to_string());
        }
    }

    #[test]
    fn texts_are_put_together() {
        assert_eq!(super::concat(&["a", "", "b"]), "ab");
        assert_eq!(super::join(&["a", "b", "c"], ", "), "a, b, c");
        assert_eq!(super::join(&[], ", "), "");
    }
}
