//! A plain HTTP client over one connection that is kept, so that a measurement is of the service and not of a client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use anyhow::{Context, Result, bail};
use serde_json::Value;

pub struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
    token: String,
}

impl Connection {
    /// To `address`, like `127.0.0.1:4010`, as the bearer of `token` if it is not empty.
    pub fn open(address: &str, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).context("cannot reach the service")?;
        stream.set_nodelay(true)?;
        let (address, token) = (address.to_owned(), token.to_owned());
        Ok(Self { stream: BufReader::new(stream), address, token })
    }

    pub fn get(&mut self, path: &str) -> Result<Vec<u8>> {
        self.call("GET", path, "")
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Result<Vec<u8>> {
        self.call("POST", path, &body.to_string())
    }

    /// The body as it comes. Anything but a success is an error.
    fn call(&mut self, method: &str, path: &str, body: &str) -> Result<Vec<u8>> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        if !self.token.is_empty() {
            request += &format!("Authorization: Bearer {}\r\n", self.token);
        }
        if !body.is_empty() {
            request +=
                &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        }
        request += "\r\n";
        request += body;
        self.stream.get_mut().write_all(request.as_bytes())?;

        let status = self.line()?;
        let mut length = 0;
        loop {
            let header = self.line()?;
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse()?;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        if !status.starts_with("HTTP/1.1 2") {
            bail!("{method} {path}: {status}: {}", String::from_utf8_lossy(&answer));
        }
        Ok(answer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("the service closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}
