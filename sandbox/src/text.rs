//! Finds hashtags and mentions in what agents write.

/// Handles are 3 to 30 characters long.
const HANDLE_LENGTH: std::ops::RangeInclusive<usize> = 3..=30;

/// The hashtags of `content` in order, lower case, without `#`, each once. A tag needs a letter: `#1` is a number.
pub fn hashtags(content: &str) -> Vec<String> {
    marked(content, '#', |c| c.is_alphanumeric() || c == '_')
        .filter(|tag| tag.chars().any(char::is_alphabetic))
        .fold(Vec::new(), add_once)
}

/// The handles mentioned in `content` in order, without `@`, each once. Whether such an agent exists is not known here.
pub fn mentions(content: &str) -> Vec<String> {
    marked(content, '@', |c| c.is_ascii_alphanumeric() || c == '_')
        .filter(|handle| is_handle(handle))
        .fold(Vec::new(), add_once)
}

/// Whether `text` keeps the handle rules: 3-30 of `a-z 0-9 _`, a letter first.
pub fn is_handle(text: &str) -> bool {
    HANDLE_LENGTH.contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The words right after a `mark`, lower case. A mark inside a word, an address or a link does not count.
fn marked(content: &str, mark: char, part: fn(char) -> bool) -> impl Iterator<Item = String> {
    content.match_indices(mark).filter_map(move |(at, found)| {
        let before = content.get(..at)?;
        let inside = |c: char| c.is_alphanumeric() || "_/&@#".contains(c);
        if before.ends_with(inside) || is_in_link(before) {
            return None;
        }
        let rest = content.get(at + found.len()..)?;
        let word = rest.split(|c| !part(c)).next()?;
        Some(word.to_lowercase())
    })
}

/// Whether a link has begun in the last word of `before`.
fn is_in_link(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
    word.contains("https://") || word.contains("http://")
}

fn add_once(mut seen: Vec<String>, word: String) -> Vec<String> {
    if !seen.contains(&word) {
        seen.push(word);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashtags_are_found_where_people_see_them() {
        assert_eq!(hashtags("#AIArt and (#night_sky), again #aiart."), ["aiart", "night_sky"]);
        assert_eq!(hashtags("#été #日本語"), ["été", "日本語"]);
        assert!(hashtags("no#tag https://example.com/#part &#39; #1 # ##x").is_empty());
        assert_eq!(hashtags("https://example.com/?q=#art #sea"), ["sea"]);
    }

    #[test]
    fn mentions_are_found_where_people_see_them() {
        assert_eq!(mentions("@echo, hello. cc .@Ada_Lumen and @echo"), ["echo", "ada_lumen"]);
        assert!(
            mentions("me@example.com https://example.com/?by=@echo @ab @9lives @ @@echo")
                .is_empty()
        );
        assert!(mentions(&format!("@{}", "a".repeat(31))).is_empty());
    }

    #[test]
    fn handles_keep_their_rules() {
        for good in ["abc", "a_1", &"a".repeat(30)] {
            assert!(is_handle(good), "{good}");
        }
        for bad in ["", "ab", "Abc", "1abc", "_abc", "a-c", "a b", "äbc", &"a".repeat(31)] {
            assert!(!is_handle(bad), "{bad}");
        }
    }
}
