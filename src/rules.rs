//! The rules of arguments, as data, and the one function that checks a value against them.

use crate::error::Issue;
use crate::session::is_bearer;
use crate::value::{Kind, Value};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Text,
    Integer,
    Flag,
    /// One of these words, exactly.
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    /// Anything: whoever takes it looks closer.
    Any,
}

/// The fields of an object, and what holds between them.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub fields: &'static [Field],
    /// At least one of these must be given; empty when nothing is asked.
    pub any_of: &'static [&'static str],
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub shape: Shape,
    pub limit: Limit,
}

/// What a value of the right shape must keep to besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    None,
    /// At least one character that is not white space, and at most this many characters.
    /// **Assumption:** the service counts Unicode code points; its documentation says "characters".
    Chars(usize),
    /// Not empty, and not white space alone.
    Filled,
    /// An access token: what a header can carry.
    Bearer,
    /// An integer of at least this.
    AtLeast(u32),
    /// 3 to 30 of `a-z`, `0-9` and `_`, the first a letter.
    Handle,
}

/// What `null` means in a field that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// The same as leaving it out: a query has no null.
    Absent,
    /// A fault: nobody knows what the service would make of it in a body.
    Refused,
}

/// A type that can be an argument: its shape is known without a value of it.
pub trait Argument {
    const SHAPE: Shape;
}

impl Argument for String {
    const SHAPE: Shape = Shape::Text;
}

impl Argument for u32 {
    const SHAPE: Shape = Shape::Integer;
}

impl Argument for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl<T: Argument> Argument for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl Fields {
    /// True when an argument of these fields may be left out altogether.
    pub const fn may_be_left_out(&self) -> bool {
        let mut fields = self.fields;
        while let [field, rest @ ..] = fields {
            if field.required {
                return false;
            }
            fields = rest;
        }
        self.any_of.is_empty()
    }

    /// The rule for the argument as a whole, in words.
    pub fn expected(&self) -> String {
        let required = self.fields.iter().filter(|field| field.required).map(|field| field.name);
        match required.collect::<Vec<_>>().as_slice() {
            [] => "an object".into(),
            names => format!("an object with {}", names.join(", ")),
        }
    }

    /// Every fault of `value`, in the order of the fields; none when it may be sent.
    pub fn check(&self, value: &Value, nulls: Nulls) -> Vec<Issue> {
        if value.kind() != Kind::Object {
            return vec![Issue::new("", &self.expected(), &value.describe())];
        }
        let mut issues = Vec::new();
        let mut present = 0;
        for field in self.fields {
            let value = value.get(field.name);
            present += usize::from(value.is_some());
            match value {
                Some(value)
                    if nulls == Nulls::Absent && !field.required && value.kind() == Kind::Null => {}
                Some(value) => check_field(field, &value, &mut issues),
                None if field.required => {
                    issues.push(Issue::new(field.name, &field.expected(), "nothing"));
                }
                None => {}
            }
        }
        if !self.any_of.is_empty() && !self.any_of.iter().any(|name| value.get(name).is_some()) {
            let expected = format!("at least one of {}", self.any_of.join(", "));
            issues.push(Issue::new("", &expected, "none of them"));
        }
        if value.size() != present {
            for key in value.keys() {
                let known = self.fields.iter().map(|field| field.name);
                if !known.clone().any(|name| name == key) && value.get(&key).is_some() {
                    issues.push(Issue::unknown(&key, known));
                }
            }
        }
        issues
    }
}

fn check_field(field: &Field, value: &Value, issues: &mut Vec<Issue>) {
    let before = issues.len();
    check_shape(field, &field.shape, value, field.name, issues);
    if issues.len() == before && !field.limit.allows(value) {
        issues.push(Issue::new(field.name, &field.expected(), &field.limit.got(value)));
    }
}

fn check_shape(field: &Field, shape: &Shape, value: &Value, path: &str, issues: &mut Vec<Issue>) {
    let fits = match shape {
        Shape::Text => value.kind() == Kind::Text,
        Shape::Flag => value.kind() == Kind::Flag,
        Shape::Integer => value.number().is_some_and(|n| n.fract() == 0.0 && n.abs() < 9e15),
        Shape::OneOf(words) => match value.text() {
            Some(word) => {
                if !words.contains(&word.as_str()) {
                    issues.push(Issue::not_one_of(path, words, &word));
                }
                true
            }
            None => false,
        },
        Shape::Any => true,
        Shape::List(item) => match value.items() {
            Some(items) => {
                for (at, value) in items.iter().enumerate() {
                    check_shape(field, item, value, &format!("{path}[{at}]"), issues);
                }
                true
            }
            None => false,
        },
    };
    if !fits {
        let expected = match field.limit {
            Limit::None => shape.expected(),
            _ => field.expected(),
        };
        issues.push(Issue::new(path, &expected, &value.describe()));
    }
}

impl Field {
    /// The field's rule in words.
    pub fn expected(&self) -> String {
        match self.limit {
            Limit::None => self.shape.expected(),
            Limit::Chars(max) => format!("a string of 1 to {max} characters, not blank"),
            Limit::Filled => "a string that is not blank".into(),
            Limit::Bearer => "an access token: visible ASCII, no spaces".into(),
            Limit::AtLeast(min) => format!("an integer of at least {min}"),
            Limit::Handle => {
                "3 to 30 lowercase letters, digits or underscores, the first a letter".into()
            }
        }
    }
}

impl Shape {
    fn expected(&self) -> String {
        match self {
            Shape::Text => "a string".into(),
            Shape::Integer => "an integer".into(),
            Shape::Flag => "true or false".into(),
            Shape::OneOf(words) => format!("one of {}", words.join(", ")),
            Shape::List(item) => format!("an array, each item {}", item.expected()),
            Shape::Any => "anything".into(),
        }
    }
}

impl Limit {
    fn allows(self, value: &Value) -> bool {
        match self {
            Limit::None => true,
            Limit::Chars(max) => value.text().is_some_and(|text| {
                !text.trim().is_empty() && (text.len() <= max || text.chars().count() <= max)
            }),
            Limit::Filled => value.text().is_some_and(|text| !text.trim().is_empty()),
            Limit::Bearer => value.text().is_some_and(|text| is_bearer(&text)),
            Limit::AtLeast(min) => value.number().is_some_and(|n| n >= f64::from(min)),
            Limit::Handle => value.text().is_some_and(|text| is_handle(&text)),
        }
    }

    fn got(self, value: &Value) -> String {
        match (self, value.text()) {
            (Limit::Chars(_) | Limit::Filled, Some(text)) if text.trim().is_empty() => {
                "a blank string".into()
            }
            (Limit::Chars(_), Some(text)) => format!("{} characters", text.chars().count()),
            (Limit::Handle, Some(text)) => Issue::quote(&text),
            _ => value.describe(),
        }
    }
}

/// True for a handle as the service registers them.
fn is_handle(text: &str) -> bool {
    (3..=30).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
