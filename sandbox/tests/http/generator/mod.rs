//! Makes up requests from the contract's table of operations: some right, most wrong in one way or another. The same
//! seed makes the same choices; ids come from what was answered before.

mod bodies;

use reqwest::Method;
use serde_json::Value;

const TABLE: &str = include_str!("../../../../tests/contract/operations.json");

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
        let mut head = format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n");
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
