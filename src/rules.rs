//! The rules of arguments, as data, and in words. `check` holds a value against them.

mod check;

pub(crate) use check::Given;

use crate::operation::Medium;
use crate::text::{concat, join, length, number};
use crate::value::Value;

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Text,
    /// A text that nobody else may see.
    Secret,
    /// A name that callers may put this mark before; it is sent without.
    Marked(char),
    Integer,
    Number,
    Flag,
    /// One of these words, exactly.
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    /// A list of texts that is sent as one, with commas between them.
    Commas,
    Object,
    File,
    /// Anything: whoever takes it looks closer.
    Any,
}

/// The fields of an object, and what holds between them.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub fields: &'static [Field],
    /// Whether keys that no field has may be there, too.
    pub open: bool,
    pub needs: Needs,
    pub pairs: Option<&'static Pairs>,
}

/// Which fields must be given although each may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    Nothing,
    AnyOf(&'static [&'static str]),
    OneOf(&'static [&'static str]),
}

/// Two fields whose words go together in some pairs only, each of which says what a third holds.
#[derive(Debug)]
pub struct Pairs {
    pub one: &'static str,
    pub other: &'static str,
    pub inner: &'static str,
    pub allowed: &'static [Pair],
}

/// A pair that is allowed.
#[derive(Debug)]
pub struct Pair {
    pub one: &'static str,
    pub other: &'static str,
    pub inner: &'static Fields,
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
    /// At least one character that is not white space, and at most this many characters, counted
    /// in the [`Unit`] that the client is set to.
    Chars(usize),
    /// Not empty, and not white space alone.
    Filled,
    /// `true`: the contract knows no other value.
    True,
    /// An integer of at least this.
    AtLeast(u32),
    /// An integer from the first to the second.
    Between(u32, u32),
    /// 3 to 30 of `a-z`, `0-9` and `_`, the first a letter.
    Handle,
    /// A URL that begins with `https://`.
    Https,
    /// The ids of at most 4 images or 1 video. Which is which is known of what this client uploaded.
    Media,
    File(&'static FileRule),
}

/// What a file must be.
#[derive(Debug, PartialEq, Eq)]
pub struct FileRule {
    /// Its media types.
    pub types: &'static [&'static str],
    /// Its size in bytes, at the most.
    pub max_bytes: u32,
    /// The same when its `purpose` is `byte`.
    pub max_bytes_of_byte: u32,
}

/// What counts as a character where the service limits a text. **Assumption:** it counts code
/// points; its documentation says "characters".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    #[default]
    CodePoints,
    /// What `length` of a string tells in JavaScript.
    Utf16,
    /// Bytes.
    Utf8,
}

/// What `null` means in a field that may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nulls {
    /// The same as leaving it out: a query has no null.
    Absent,
    /// A fault: nobody knows what the service would make of it in a body.
    #[default]
    Refused,
}

/// What it takes to check a value, besides the rules.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    pub nulls: Nulls,
    pub unit: Unit,
    /// The ids of what was uploaded, as far as the client knows.
    pub uploaded: &'a [(String, Medium)],
}

impl Context<'_> {
    /// Whether an id is of a video, as far as the client knows.
    pub(crate) fn is_video(&self, id: &Value) -> bool {
        let id = id.text();
        let mut known = self.uploaded.iter();
        known.any(|(known, medium)| *medium == Medium::Video && Some(known) == id.as_ref())
    }
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

impl Argument for f64 {
    const SHAPE: Shape = Shape::Number;
}

impl Argument for bool {
    const SHAPE: Shape = Shape::Flag;
}

impl<T: Argument> Argument for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

impl Fields {
    /// These fields, and nothing between them.
    pub const fn of(fields: &'static [Field]) -> Fields {
        Fields { fields, open: false, needs: Needs::Nothing, pairs: None }
    }

    /// True when an argument of these fields may be left out altogether.
    pub const fn may_be_left_out(&self) -> bool {
        let mut fields = self.fields;
        while let [field, rest @ ..] = fields {
            if field.required {
                return false;
            }
            fields = rest;
        }
        matches!(self.needs, Needs::Nothing)
    }

    /// The rule for the argument as a whole, in words.
    pub fn expected(&self) -> String {
        let required = self.fields.iter().filter(|field| field.required).map(|field| field.name);
        match required.collect::<Vec<_>>().as_slice() {
            [] => "an object".into(),
            names => concat(&["an object with ", &join(names, ", ")]),
        }
    }
}

impl Field {
    /// A field without a limit, or with one.
    pub const fn new(name: &'static str, required: bool, shape: Shape, limit: Limit) -> Field {
        Field { name, required, shape, limit }
    }

    /// The field's rule in words.
    pub fn expected(&self, unit: Unit) -> String {
        self.limit.expected(&self.shape, unit)
    }
}

impl Limit {
    /// The rule for a value of this shape, in words.
    pub(crate) fn expected(self, shape: &Shape, unit: Unit) -> String {
        match self {
            Limit::None | Limit::File(_) => shape.expected(),
            Limit::Chars(max) => {
                concat(&["a string of 1 to ", &number(max), " ", unit.name(), ", not blank"])
            }
            Limit::Filled => "a string that is not blank".into(),
            Limit::True => "true".into(),
            Limit::AtLeast(min) => concat(&["an integer of at least ", &number(min as usize)]),
            Limit::Between(min, max) => {
                concat(&["an integer from ", &number(min as usize), " to ", &number(max as usize)])
            }
            Limit::Handle => {
                "3 to 30 lowercase letters, digits or underscores, the first a letter".into()
            }
            Limit::Https => "a URL that begins with https://".into(),
            Limit::Media => "an array of the ids of at most 4 images, or of 1 video".into(),
        }
    }
}

impl Shape {
    pub(crate) fn expected(&self) -> String {
        match self {
            Shape::Text | Shape::Secret | Shape::Marked(_) => "a string".into(),
            Shape::Integer => "an integer".into(),
            Shape::Number => "a number".into(),
            Shape::Flag => "true or false".into(),
            Shape::OneOf(words) => concat(&["one of ", &join(words, ", ")]),
            Shape::List(item) => concat(&["an array, each item ", &item.expected()]),
            Shape::Commas => "an array, each item a string without commas".into(),
            Shape::Object => "an object".into(),
            Shape::File => "a File, a Blob, or an object of data, name and type".into(),
            Shape::Any => "anything".into(),
        }
    }
}

impl Unit {
    /// How many of them a text has.
    pub fn count(self, text: &str) -> usize {
        match self {
            Unit::CodePoints => length(text),
            Unit::Utf16 => text.encode_utf16().count(),
            Unit::Utf8 => text.len(),
        }
    }

    /// What they are called.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::CodePoints => "characters",
            Unit::Utf16 => "UTF-16 code units",
            Unit::Utf8 => "bytes",
        }
    }
}
