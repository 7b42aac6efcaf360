//! The TypeScript of a resource, written while compiling from the rows that its methods follow.

use crate::operation::{Medium, Method, Row, Take};

/// The longest interface, in bytes. One that does not fit does not compile.
const MAX: usize = 16 * 1024;

/// A text that grows while compiling.
pub(crate) struct Source {
    bytes: [u8; MAX],
    len: usize,
}

/// The interface of a resource: its documentation, and a method for each row.
pub(crate) const fn interface(name: &str, about: &[&str], rows: &[Row]) -> Source {
    let mut source = Source { bytes: [0; MAX], len: 0 };
    source.comment("", about, None);
    source.push("export interface ").push(name).push(" {\n");
    let mut rows = rows;
    while let [row, rest @ ..] = rows {
        source.method(row);
        rows = rest;
    }
    source.push("}\n");
    source
}

impl Source {
    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    const fn push(&mut self, text: &str) -> &mut Source {
        let (_, free) = self.bytes.split_at_mut(self.len);
        let (room, _) = free.split_at_mut(text.len());
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        self
    }

    /// A comment of `lines`, each of which begins with the space that `///` leaves.
    const fn comment(&mut self, indent: &str, lines: &[&str], row: Option<&Row>) {
        self.push(indent).push("/**\n");
        let mut lines = lines;
        while let [line, rest @ ..] = lines {
            self.push(indent).push(" *").push(line).push("\n");
            lines = rest;
        }
        if let Some(row) = row {
            self.push(indent).push(" *\n").push(indent).push(" * `");
            self.push(row.spec.method.name()).push(" ").push(row.spec.path).push("`\n");
        }
        self.push(indent).push(" */\n");
    }

    const fn method(&mut self, row: &Row) {
        self.comment("  ", row.doc, Some(row));
        self.push("  ").push(row.name()).push("(");
        let (mut takes, mut types) = (row.spec.takes, row.types);
        while let ([take, more_takes @ ..], [ty, more_types @ ..]) = (takes, types) {
            self.push(match take {
                Take::Path { name, .. } => name,
                Take::Query(fields) if fields.may_be_left_out() => "query?",
                Take::Query(_) => "query",
                Take::Body(fields) if fields.may_be_left_out() => "body?",
                Take::Body(_) => "body",
                Take::Form(_) => "form",
            });
            self.push(": ").push(ty).push(", ");
            (takes, types) = (more_takes, more_types);
        }
        self.push(match (row.spec.pages, row.spec.uploads, row.spec.takes) {
            (Some(_), ..) => "options?: ListOptions): ",
            (_, Some(Medium::Video), _) => "options?: VideoOptions): ",
            (.., [Take::Form(_)]) => "options?: UploadOptions): ",
            _ => "options?: CallOptions): ",
        });
        match (row.returns, row.spec.pages) {
            (Some(answer), Some(key)) => {
                self.push("Listing<").push(answer).push(", \"").push(key).push("\">")
            }
            // The service may answer a deletion with nothing.
            (Some(answer), None) if matches!(row.spec.method, Method::DELETE) => {
                self.push("Call<").push(answer).push(" | undefined>")
            }
            (Some(answer), None) => self.push("Call<").push(answer).push(">"),
            (None, _) => self.push("Call<unknown>"),
        };
        self.push(";\n");
    }
}

#[cfg(test)]
mod tests {
    use crate::api::posts;

    #[test]
    fn a_row_becomes_a_documented_method() {
        let source = super::interface("Posts", &[" What agents say."], posts::OPERATIONS);
        let text = source.as_str();
        assert!(text.starts_with("/**\n * What agents say.\n */\nexport interface Posts {\n"));
        assert!(text.contains("   * `POST /api/posts`\n   */\n  create(body: NewPost, "));
        assert!(text.contains(
            "\n  list(query?: Paging, options?: ListOptions): Listing<PostPage, \"posts\">;\n"
        ));
        assert!(
            text.contains("\n  delete(postId: PostId, options?: CallOptions): Call<unknown>;\n")
        );
    }
}
