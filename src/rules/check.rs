//! Holding a value against the rules: every fault is told, with its path, the limit and what was got.

use super::{Context, Field, Fields, FileRule, Limit, Needs, Nulls, Pairs, Shape};
use crate::error::Issue;
use crate::text::{concat, join, number};
use crate::value::{Kind, Value};

/// Where numbers stop telling one integer from the next.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

impl Fields {
    /// Every fault of `value`, in the order of the fields; none when it may be sent.
    pub fn check(&self, value: &Value, context: &Context) -> Vec<Issue> {
        self.read(value, context).1
    }

    /// What there is of the fields, in their order, and every fault of it.
    pub fn read(&self, value: &Value, context: &Context) -> (Vec<Given>, Vec<Issue>) {
        let mut check = Check { context, issues: Vec::new() };
        (check.object(self, value, ""), check.issues)
    }
}

/// A field, and what it holds.
pub type Given = (&'static Field, Value);

struct Check<'a> {
    context: &'a Context<'a>,
    issues: Vec<Issue>,
}

impl Check<'_> {
    fn fault(&mut self, path: &str, expected: &str, got: &str) {
        self.issues.push(Issue::new(path, expected, got));
    }

    /// What there is of an object that lies at `path`, which is empty for the argument as a whole.
    fn object(&mut self, rules: &Fields, object: &Value, path: &str) -> Vec<Given> {
        let mut given = Vec::new();
        if object.kind() != Kind::Object {
            self.fault(path, &rules.expected(), &object.describe());
            return given;
        }
        for field in rules.fields {
            match object.get(field.name) {
                Some(value) => {
                    let is_absent = self.context.nulls == Nulls::Absent
                        && !field.required
                        && value.kind() == Kind::Null;
                    if !is_absent {
                        self.field(field, &value, object, &inside(path, field.name));
                    }
                    given.push((field, value));
                }
                None if field.required => {
                    let expected = field.expected(self.context.unit);
                    self.fault(&inside(path, field.name), &expected, "nothing");
                }
                None => {}
            }
        }
        self.needs(rules.needs, object, path);
        if let Some(pairs) = rules.pairs {
            self.pairs(pairs, object);
        }
        if !rules.open && object.size() != given.len() {
            for key in object.keys() {
                let known = rules.fields.iter().map(|field| field.name);
                if !known.clone().any(|name| name == key) && object.get(&key).is_some() {
                    self.issues.push(Issue::unknown(&inside(path, &key), &key, known));
                }
            }
        }
        given
    }

    fn needs(&mut self, needs: Needs, object: &Value, path: &str) {
        let (names, how) = match needs {
            Needs::Nothing => return,
            Needs::AnyOf(names) => (names, "at least one of "),
            Needs::OneOf(names) => (names, "exactly one of "),
        };
        let given = names.iter().filter(|name| object.get(name).is_some()).count();
        let expected = || concat(&[how, &join(names, ", ")]);
        match (given, needs) {
            (0, _) => self.fault(path, &expected(), "none of them"),
            (2.., Needs::OneOf(_)) => self.fault(path, &expected(), "more than one"),
            _ => {}
        }
    }

    fn pairs(&mut self, pairs: &Pairs, object: &Value) {
        let (Some(one), Some(other)) = (object.get_text(pairs.one), object.get_text(pairs.other))
        else {
            return;
        };
        let with_one = || pairs.allowed.iter().filter(|pair| pair.one == one);
        let words: Vec<_> = with_one().map(|pair| pair.other).collect();
        match with_one().find(|pair| pair.other == other) {
            // A word that is none at all was told already.
            None if words.is_empty() || pairs.allowed.iter().all(|pair| pair.other != other) => {}
            None => {
                let expected = concat(&["one of ", &join(&words, ", "), " with ", &one]);
                self.fault(pairs.other, &expected, &Issue::quote(&other));
            }
            Some(pair) => {
                if let Some(inner) = object.get(pairs.inner)
                    && inner.kind() == Kind::Object
                {
                    self.object(pair.inner, &inner, pairs.inner);
                }
            }
        }
    }

    fn field(&mut self, field: &Field, value: &Value, object: &Value, path: &str) {
        let before = self.issues.len();
        self.shape(&field.shape, field.limit, value, path);
        if self.issues.len() > before {
            return;
        }
        match field.limit {
            Limit::File(rule) => self.file(rule, value, object, path),
            limit => {
                if !self.allows(limit, value) {
                    let expected = field.expected(self.context.unit);
                    self.fault(path, &expected, &self.got(limit, value));
                }
            }
        }
    }

    /// The limit has words of its own for the shape that it takes.
    fn shape(&mut self, shape: &Shape, limit: Limit, value: &Value, path: &str) {
        let fits = match shape {
            Shape::Text | Shape::Secret | Shape::Marked(_) => value.kind() == Kind::Text,
            Shape::Flag => value.kind() == Kind::Flag,
            Shape::Number => value.number().is_some_and(f64::is_finite),
            Shape::Integer => {
                value.number().is_some_and(|n| n.fract() == 0.0 && n.abs() <= LARGEST_INTEGER)
            }
            Shape::OneOf(words) => match value.text() {
                Some(word) => {
                    if !words.contains(&word.as_str()) {
                        self.issues.push(Issue::not_one_of(path, words, &word));
                    }
                    true
                }
                None => false,
            },
            Shape::Object => value.kind() == Kind::Object,
            Shape::File => value.file().is_some(),
            Shape::Any => true,
            Shape::List(item) => self.items(item, value, path),
            Shape::Commas => {
                self.items(&Shape::Text, value, path)
                    && value.items().iter().flatten().all(|item| {
                        item.text()
                            .is_none_or(|text| !text.is_empty() && text.bytes().all(|b| b != b','))
                    })
            }
        };
        if !fits {
            let expected = limit.expected(shape, self.context.unit);
            self.fault(path, &expected, &value.describe());
        }
    }

    /// The items of a list; false when it is none.
    fn items(&mut self, item: &Shape, list: &Value, path: &str) -> bool {
        let Some(items) = list.items() else { return false };
        for (at, value) in items.iter().enumerate() {
            self.shape(item, Limit::None, value, &concat(&[path, "[", &number(at), "]"]));
        }
        true
    }

    fn allows(&self, limit: Limit, value: &Value) -> bool {
        let text = || value.text().unwrap_or_default();
        let number = || value.number().unwrap_or_default();
        match limit {
            Limit::None | Limit::File(_) => true,
            Limit::Chars(max) => {
                let text = text();
                // No unit is smaller than a byte.
                !is_blank(&text) && (text.len() <= max || self.context.unit.count(&text) <= max)
            }
            Limit::Filled => !is_blank(&text()),
            Limit::True => value.flag() == Some(true),
            Limit::AtLeast(min) => number() >= f64::from(min),
            Limit::Between(min, max) => (f64::from(min)..=f64::from(max)).contains(&number()),
            Limit::Handle => is_handle(&text()),
            Limit::Https => text().strip_prefix("https://").is_some_and(|rest| !rest.is_empty()),
            Limit::Media => match value.items().unwrap_or_default().as_slice() {
                [] | [_] => true,
                ids => ids.len() <= 4 && !ids.iter().any(|id| self.context.is_video(id)),
            },
        }
    }

    fn got(&self, limit: Limit, value: &Value) -> String {
        match (limit, value.text()) {
            (Limit::Chars(_) | Limit::Filled, Some(text)) if is_blank(&text) => {
                "a blank string".into()
            }
            (Limit::Chars(_), Some(text)) => {
                let unit = self.context.unit;
                concat(&[&number(unit.count(&text)), " ", unit.name()])
            }
            (Limit::Handle | Limit::Https, Some(text)) => Issue::quote(&text),
            (Limit::Media, None) => {
                let ids = value.items().unwrap_or_default();
                let and = if ids.iter().any(|id| self.context.is_video(id)) {
                    ", one of a video"
                } else {
                    ""
                };
                concat(&[&number(ids.len()), " ids", and])
            }
            _ => value.describe(),
        }
    }

    fn file(&mut self, rule: &FileRule, value: &Value, object: &Value, path: &str) {
        let Some(file) = value.file() else { return };
        if !rule.types.contains(&file.mime.as_str()) {
            self.issues.push(Issue::not_one_of(&inside(path, "type"), rule.types, &file.mime));
        }
        let max = match object.get_text("purpose").as_deref() {
            Some("byte") => rule.max_bytes_of_byte,
            _ => rule.max_bytes,
        };
        if file.bytes > f64::from(max) || file.bytes < 1.0 {
            let expected = concat(&["1 to ", &number(max as usize), " bytes"]);
            let got = concat(&[&Value::from(file.bytes).digits(), " bytes"]);
            self.fault(path, &expected, &got);
        }
    }
}

/// The path of a key of what lies at `path`.
fn inside(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { concat(&[path, ".", key]) }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// True for a handle as the service registers them.
fn is_handle(text: &str) -> bool {
    (3..=30).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
