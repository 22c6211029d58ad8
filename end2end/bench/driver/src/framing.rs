//! Where a message of HTTP/1.1 ends.

/// What is left of a body.
#[derive(Debug, PartialEq, Eq)]
pub enum Body {
    Length(usize),
    Chunked(Chunk),
    /// Until the connection closes.
    Close,
    /// The connection speaks another protocol from now on.
    Upgraded,
}

/// Where a chunked body stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Chunk {
    /// In a line with a size, of which so much was read.
    Size(String),
    /// In a chunk and the line end behind it.
    Bytes(usize),
    /// Behind the last chunk, in a line of so many bytes.
    Trailer(usize),
    Done,
}

impl Body {
    pub fn of_request(head: &str) -> Self {
        if is_chunked(head) {
            return Self::Chunked(Chunk::Size(String::new()));
        }
        Self::Length(length(head).unwrap_or(0))
    }

    pub fn of_answer(head: &str) -> Self {
        let status = head.split(' ').nth(1).unwrap_or_default();
        match status {
            "101" => Self::Upgraded,
            "204" | "304" => Self::Length(0),
            _ if is_chunked(head) => Self::Chunked(Chunk::Size(String::new())),
            _ => length(head).map_or(Self::Close, Self::Length),
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self, Self::Length(0) | Self::Chunked(Chunk::Done))
    }

    /// Takes what belongs to this body from the front; gives how much that is.
    pub fn take(&mut self, bytes: &[u8]) -> usize {
        match self {
            Self::Length(left) => {
                let taken = bytes.len().min(*left);
                *left -= taken;
                taken
            }
            Self::Chunked(chunk) => {
                let mut at = 0;
                while at < bytes.len() && *chunk != Chunk::Done {
                    at += chunk.step(&bytes[at..]);
                }
                at
            }
            Self::Close | Self::Upgraded => bytes.len(),
        }
    }
}

impl Chunk {
    fn step(&mut self, bytes: &[u8]) -> usize {
        match self {
            Self::Size(line) => {
                let byte = char::from(bytes[0]);
                if byte == '\n' {
                    let size = line.split(';').next().unwrap_or_default().trim();
                    let size = usize::from_str_radix(size, 16).unwrap_or(0);
                    *self = if size == 0 { Self::Trailer(0) } else { Self::Bytes(size + 2) };
                } else {
                    line.push(byte);
                }
                1
            }
            Self::Bytes(left) => {
                let taken = bytes.len().min(*left);
                *left -= taken;
                if *left == 0 {
                    *self = Self::Size(String::new());
                }
                taken
            }
            Self::Trailer(length) => {
                match bytes[0] {
                    b'\n' if *length == 0 => *self = Self::Done,
                    b'\n' => *length = 0,
                    b'\r' => {}
                    _ => *length += 1,
                }
                1
            }
            Self::Done => 0,
        }
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn length(head: &str) -> Option<usize> {
    header(head, "content-length")?.parse().ok()
}

fn is_chunked(head: &str) -> bool {
    header(head, "transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_ends_where_the_standard_says() {
        let mut plain = Body::of_request("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n");
        assert_eq!((plain.take(b"12"), plain.is_over()), (2, false));
        assert_eq!((plain.take(b"345GET"), plain.is_over()), (3, true));
        assert!(Body::of_request("GET / HTTP/1.1\r\n\r\n").is_over());

        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let text = b"3;x=y\r\nabc\r\na\r\n0123456789\r\n0\r\nEnd: 1\r\n\r\n";
        for cut in 0..=text.len() {
            let mut body = Body::of_answer(head);
            let first = body.take(&text[..cut]);
            assert_eq!(first, cut);
            assert_eq!(body.is_over(), cut == text.len(), "cut at {cut}");
            let rest = [&text[cut..], b"HTTP/1.1"].concat();
            assert_eq!(body.take(&rest), text.len() - cut, "cut at {cut}");
            assert!(body.is_over());
        }
        assert_eq!(Body::of_answer("HTTP/1.1 101 Switching Protocols\r\n\r\n"), Body::Upgraded);
        assert!(Body::of_answer("HTTP/1.1 304 Not Modified\r\n\r\n").is_over());
        assert!(!Body::of_answer("HTTP/1.1 200 OK\r\n\r\n").is_over());
    }
}
