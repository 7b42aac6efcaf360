//! Putting texts together. The library's own `concat` and `join` choose among loops of many sizes,
//! which takes a kilobyte each time.

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

#[cfg(test)]
mod tests {
    #[test]
    fn texts_are_put_together() {
        assert_eq!(super::concat(&["a", "", "b"]), "ab");
        assert_eq!(super::join(&["a", "b", "c"], ", "), "a, b, c");
        assert_eq!(super::join(&[], ", "), "");
    }
}
