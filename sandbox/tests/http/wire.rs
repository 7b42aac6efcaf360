//! Raw HTTP over one connection, for requests and answers that no well-behaved client would let through.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Who hears nothing for so long will hear nothing more.
const PATIENCE: Duration = Duration::from_secs(10);

pub struct Wire {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Raw {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.as_str())
    }

    fn length(&self) -> usize {
        self.header("content-length").map_or(0, |length| length.parse().expect("a length"))
    }
}

impl Wire {
    pub async fn to(url: &str) -> Self {
        let address = url.strip_prefix("http://").expect("an address");
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self { stream, read: Vec::new() }
    }

    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Reads one answer. The connection's end within it is an error.
    pub async fn answer(&mut self) -> io::Result<Raw> {
        let mut answer = self.head().await?;
        while self.read.len() < answer.length() {
            self.more().await?;
        }
        answer.body = self.read.drain(..answer.length()).collect();
        Ok(answer)
    }

    /// Reads the status and the headers, and leaves the body.
    pub async fn head(&mut self) -> io::Result<Raw> {
        let end = loop {
            match self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                Some(end) => break end,
                None => self.more().await?,
            }
        };
        let head: Vec<u8> = self.read.drain(..end + 4).collect();
        let head = String::from_utf8(head).expect("a head in ASCII");
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
        let headers = lines.filter_map(|line| line.split_once(": "));
        Ok(Raw {
            status: status.parse().expect("a status"),
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: Vec::new(),
        })
    }

    /// All that comes until the connection ends.
    pub async fn rest(&mut self) -> io::Result<Vec<u8>> {
        let mut rest = std::mem::take(&mut self.read);
        timeout(PATIENCE, self.stream.read_to_end(&mut rest)).await??;
        Ok(rest)
    }

    async fn more(&mut self) -> io::Result<()> {
        match timeout(PATIENCE, self.stream.read_buf(&mut self.read)).await?? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
