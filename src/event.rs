//! What a client tells while it works. No event holds a token, a key or a body.

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A request goes out, for the `attempt`th time.
    Request { operation: &'static str, attempt: u32, method: &'static str, url: String },
    /// It was answered.
    Response {
        operation: &'static str,
        attempt: u32,
        status: u16,
        duration_ms: f64,
        request_id: Option<String>,
    },
    /// It failed and is made again.
    Retry { operation: &'static str, attempt: u32, delay_ms: f64, reason: String },
    /// It waits until the service's limit lets it out.
    Limited { operation: &'static str, class: &'static str, wait_ms: f64 },
    /// The client has another access token.
    Token {
        how: How,
        /// In milliseconds since 1970, if that is known.
        expires_at: Option<f64>,
    },
    /// Something that calls for somebody's attention, and fails no call.
    Warning { code: &'static str, message: &'static str },
}

/// How a client came by a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    ClientCredentials,
    RefreshToken,
    /// From the caller's own function.
    Callback,
    /// Another tab or isolate had stored it.
    Storage,
}

impl How {
    /// Its name in JavaScript.
    pub const fn name(self) -> &'static str {
        match self {
            How::ClientCredentials => "client_credentials",
            How::RefreshToken => "refresh_token",
            How::Callback => "callback",
            How::Storage => "storage",
        }
    }
}
