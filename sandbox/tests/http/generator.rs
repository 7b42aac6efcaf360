//! Makes up requests from the contract's table of operations: some right, most wrong in one way or another. The same
//! seed makes the same choices; ids come from what was answered before.

use reqwest::Method;
use serde_json::{Map, Value, json};

const TABLE: &str = include_str!("../../../tests/contract/operations.json");

/// How many ids are remembered.
const IDS: usize = 200;

/// One row of the table.
pub struct Operation {
    pub method: Method,
    /// With holes, like `/api/posts/{postId}`.
    pub path: String,
    row: Value,
}

pub fn operations() -> Vec<Operation> {
    let table: Value = serde_json::from_str(TABLE).expect("the table is JSON");
    let rows = table["operations"].as_array().expect("operations").iter();
    rows.map(|row| Operation {
        method: row["method"].as_str().expect("a method").parse().expect("a method"),
        path: row["path"].as_str().expect("a path").to_owned(),
        row: row.clone(),
    })
    .collect()
}

pub struct Generator {
    operations: Vec<Operation>,
    dice: u64,
    /// Of two agents that are signed in, and of one whose time is up.
    tokens: [String; 3],
    ids: Vec<String>,
}

impl Generator {
    pub fn new(seed: u64, tokens: [String; 3]) -> Self {
        Self { operations: operations(), dice: seed, tokens, ids: Vec::new() }
    }

    /// One request, ready to be sent.
    pub fn request(&mut self) -> Vec<u8> {
        let nth = self.below(self.operations.len());
        let operation = &self.operations[nth];
        let (method, path) = (operation.method.clone(), operation.path.clone());
        let (query, body) = (operation.row["query"].clone(), operation.row["body"].clone());
        let target = format!("{}{}", self.filled(&path), self.query(&query));
        let (content_type, body) = self.body(&path, &body);
        let method = if self.one_in(40) {
            self.pick(&["PUT", "HEAD", "FETCH", "OPTIONS"]).to_owned()
        } else {
            method.to_string()
        };
        // An answer to HEAD has a length and no body, which a connection in use cannot tell apart.
        let method = if method == "HEAD" { "PUT".to_owned() } else { method };
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: x\r\n");
        if let Some(value) = self.authorization() {
            head += &format!("Authorization: {value}\r\n");
        }
        if let Some(content_type) = content_type {
            head += &format!("Content-Type: {content_type}\r\n");
        }
        head += &format!("Content-Length: {}\r\n\r\n", body.len());
        [head.into_bytes(), body].concat()
    }

    /// Remembers the ids in an answer, and handles with them.
    pub fn learn(&mut self, body: &[u8]) {
        if let Ok(value) = serde_json::from_slice(body) {
            self.collect(&value);
        }
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().take(3).for_each(|item| self.collect(item)),
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(id) if name == "id" || name.ends_with("Id") => {
                            let place = self.below(IDS);
                            match self.ids.get_mut(place) {
                                Some(old) => *old = id.clone(),
                                None => self.ids.push(id.clone()),
                            }
                        }
                        field => self.collect(field),
                    }
                }
            }
            _ => {}
        }
    }

    fn authorization(&mut self) -> Option<String> {
        match self.below(20) {
            0 => None,
            1 => Some(format!("Bearer {}", self.tokens[2])),
            2 => Some("Bearer iat_made_up".to_owned()),
            3 => Some(
                self.pick(&[
                    "Bearer",
                    "Basic YTpi",
                    "",
                    "Bearer  ",
                    "Bearer \u{e9}\u{1f600}",
                    "iat_x",
                ])
                .to_owned(),
            ),
            n => Some(format!("Bearer {}", self.tokens[n % 2])),
        }
    }

    /// The path with its holes filled.
    fn filled(&mut self, path: &str) -> String {
        let segments: Vec<String> = path
            .split('/')
            .map(|segment| match segment {
                "{handle}" if !self.one_in(4) => {
                    self.pick(&["ann", "ben", "@ada_lumen", "echo", "me"]).to_owned()
                }
                "{tag}" if !self.one_in(4) => {
                    self.pick(&["rust", "%23ai", "AI", "caf%C3%A9"]).to_owned()
                }
                "{provider}" if !self.one_in(4) => {
                    self.pick(&["OPENAI", "RUNWARE", "ELEVENLABS", "openai", "NONE"]).to_owned()
                }
                hole if hole.starts_with('{') => self.odd_segment(),
                segment => segment.to_owned(),
            })
            .collect();
        segments.join("/")
    }

    fn odd_segment(&mut self) -> String {
        const ODD: [&str; 12] = [
            "%",
            "%zz",
            "%ff%fe",
            "%00",
            "..",
            "%2e%2e",
            "a%2Fb",
            "0",
            "-1",
            "%F0%9F%98%80",
            "c'--",
            "*",
        ];
        match self.below(8) {
            0 => self.pick(&ODD).to_owned(),
            1 => "x".repeat(5000),
            2 => "cmade0up0id0that0is0not0".to_owned(),
            _ => self.id(),
        }
    }

    fn id(&mut self) -> String {
        let nth = self.below(self.ids.len().max(1));
        self.ids.get(nth).cloned().unwrap_or_else(|| "cunknown".to_owned())
    }

    fn query(&mut self, parameters: &Value) -> String {
        const ODD: [&str; 14] = [
            "",
            "x",
            "-1",
            "0",
            "1e3",
            "99999999999999999999",
            "%",
            "%ff",
            "%00",
            "true",
            "null",
            "cG9zdHM6MQ",
            "a&limit=2",
            "%F0%9F%98%80",
        ];
        let mut parts = Vec::new();
        for parameter in parameters.as_array().into_iter().flatten() {
            if self.one_in(2) && parameter["required"] != true {
                continue;
            }
            let name = parameter["name"].as_str().unwrap_or_default();
            let value = if self.one_in(4) {
                self.pick(&ODD).to_owned()
            } else {
                let value = self.fitting(parameter);
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
                    .replace(['#', ' ', '"'], "")
            };
            parts.push(format!("{name}={value}"));
        }
        if self.one_in(20) {
            parts.push(self.pick(&["&&", "=", "limit=1&limit=2", "%=%", "unknown=1"]).to_owned());
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&")).replace(|c: char| !c.is_ascii(), "")
        }
    }

    /// The content type and the body.
    fn body(&mut self, path: &str, fields: &Value) -> (Option<&'static str>, Vec<u8>) {
        const JSON: Option<&str> = Some("application/json");
        const BROKEN: [&[u8]; 10] = [
            b"",
            b"{",
            b"[]",
            b"null",
            b"\"x\"",
            b"{} {}",
            b"\xff\xfe",
            b"{\"content\":\"\\ud800\"}",
            b"{\"a\":1e999}",
            b"{\"content\"",
        ];
        let takes_file = path.starts_with("/api/upload") || path.ends_with("/avatar");
        match self.below(20) {
            0 => (JSON, self.pick(&BROKEN).to_vec()),
            1 => (JSON, [b"{\"content\":".to_vec(), b"[".repeat(5000)].concat()),
            2 if self.one_in(4) => {
                (JSON, json!({ "content": "x".repeat(70_000) }).to_string().into_bytes())
            }
            3 => (
                self.pick(&[
                    None,
                    Some("text/plain"),
                    Some("multipart/form-data"),
                    Some("application/json;;="),
                ]),
                b"{}".to_vec(),
            ),
            4 => (JSON, self.any().to_string().into_bytes()),
            5 => self.form(),
            _ if takes_file && !self.one_in(4) => self.form(),
            _ => {
                let hostile = self.one_in(2);
                let mut body = Map::new();
                for (name, field) in fields.as_object().into_iter().flatten() {
                    if field["required"] != true && self.one_in(2) {
                        continue;
                    }
                    let value =
                        if hostile && self.one_in(3) { self.any() } else { self.fitting(field) };
                    body.insert(name.clone(), value);
                }
                (JSON, Value::Object(body).to_string().into_bytes())
            }
        }
    }

    /// A form with a file, or what is left of one.
    fn form(&mut self) -> (Option<&'static str>, Vec<u8>) {
        const PNG: &[u8] =
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
        const MP4: &[u8] = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x08mdat";
        const BOUNDARY: Option<&str> = Some("multipart/form-data; boundary=b");
        let (kind, file) = self.pick(&[
            ("image/png", PNG),
            ("video/mp4", MP4),
            ("image/gif", b""),
            ("text/html", b"<p>"),
            ("", PNG),
        ]);
        let (field, name) = self.pick(&[
            ("file", "a.png"),
            ("file", "../../a"),
            ("files", ""),
            ("", "a\"b"),
            ("file", "\u{1f600}"),
        ]);
        let purpose = self.pick(&["post", "byte", "", "avatar", "\u{0}"]);
        let mut form = format!(
            "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        )
        .into_bytes();
        form.extend_from_slice(file);
        form.extend_from_slice(format!("\r\n--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n{purpose}\r\n--b--\r\n").as_bytes());
        match self.below(10) {
            0 => form.truncate(form.len() / 2),
            1 => form.clear(),
            2 => {
                return (
                    self.pick(&[
                        Some("multipart/form-data; boundary="),
                        Some("multipart/form-data; boundary=other"),
                        Some("multipart/mixed; boundary=b"),
                    ]),
                    form,
                );
            }
            3 if self.one_in(10) => form = [&form[..120], &[0; 300_000], &form[120..]].concat(),
            _ => {}
        }
        (BOUNDARY, form)
    }

    /// What the table says a field or a parameter is.
    fn fitting(&mut self, field: &Value) -> Value {
        if let Some(values) = field["enum"].as_array() {
            return values[self.below(values.len())].clone();
        }
        if field.get("const").is_some() {
            return field["const"].clone();
        }
        match field["type"].as_str() {
            Some("integer") => json!(self.below(30)),
            Some("boolean") => json!(self.one_in(2)),
            Some("string[]") => json!([self.word()]),
            Some("object") => json!({ "voice_id": "x" }),
            _ if field["pattern"] == "^https://" => json!("https://127.0.0.1:9/hook"),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Value {
        if self.one_in(3) {
            return json!(self.id());
        }
        json!(self.pick(&[
            "Hello #rust @ann",
            "ben",
            "x",
            "a_handle",
            "https://example.com/a.png",
            "\u{1f600} \u{202e}caf\u{e9}",
            "cursor"
        ]))
    }

    fn any(&mut self) -> Value {
        match self.below(14) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!(i64::MAX),
            4 => json!(u64::MAX),
            5 => json!(1e308),
            6 => json!(0.5),
            7 => json!(""),
            8 => json!(" \u{0}\u{7f}\u{feff}"),
            9 => json!("\u{1f600}".repeat(600)),
            10 => json!([]),
            11 => json!([null, [1], {}]),
            12 => json!({ "a": { "b": [] } }),
            _ => json!("'; DROP TABLE posts; --"),
        }
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// SplitMix64.
    fn below(&mut self, n: usize) -> usize {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.dice;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (bits % n as u64) as usize
    }
}
