//! The same as `isSameText` of kind.js, but for Unicode normalization, which takes an engine.

const ENTITIES: [(&str, char); 8] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&#x2F;", '/'),
    ("&nbsp;", ' '),
];

/// Stands for every link.
const LINK: char = '\u{1}';

pub(crate) fn is_same_text(one: &str, other: &str) -> bool {
    normal_form(one) == normal_form(other)
}

fn normal_form(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let starts_word = normal.is_empty() || normal.ends_with(' ');
        if starts_word && (rest.starts_with("http://") || rest.starts_with("https://")) {
            rest = rest.trim_start_matches(|c: char| !c.is_whitespace());
            normal.push(LINK);
            continue;
        }
        let entity = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (c, length) = entity.map_or((next, next.len_utf8()), |(name, c)| (*c, name.len()));
        rest = rest.get(length..).unwrap_or_default();
        if c.is_whitespace() {
            if !starts_word {
                normal.push(' ');
            }
        } else if !is_invisible(c) {
            normal.push(c);
        }
    }
    normal.truncate(normal.trim_end_matches(' ').len());
    normal
}

/// Controls, zero-width characters and marks of direction.
fn is_invisible(c: char) -> bool {
    c < ' '
        || matches!(c, '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn the_form_in_which_a_service_keeps_a_text_makes_no_difference() {
        for (sent, kept) in [
            ("a\r\nb", "a\nb"),
            ("a  b\n", "a b"),
            ("you & <me>", "you &amp; &lt;me&gt;"),
            ("it's", "it&#39;s"),
            ("nul\0", "nul"),
            ("see https://example.com/a?b=1 now", "see https://sh.rt/x now"),
            ("zero\u{200b}width", "zerowidth"),
        ] {
            assert!(is_same_text(sent, kept), "{sent:?} {kept:?}");
        }
    }

    #[test]
    fn other_words_are_another_text() {
        for (one, other) in [("a b", "ab"), ("One", "Two"), ("1/2", "2/2"), ("a", ""), ("A", "a")] {
            assert!(!is_same_text(one, other), "{one:?} {other:?}");
        }
    }
}
