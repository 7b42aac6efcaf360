//! The bodies of made-up requests: what the table asks for, and what nobody should send.

use serde_json::{Map, Value, json};

use super::Generator;

impl Generator {
    /// The content type and the body.
    pub(super) fn body(&mut self, path: &str, fields: &Value) -> (Option<&'static str>, Vec<u8>) {
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
    pub(super) fn fitting(&mut self, field: &Value) -> Value {
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
}
