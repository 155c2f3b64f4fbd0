//! Numbers and texts as bytes: short for small numbers, and no way to read past the end.

/// The bytes are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Writes a number in as many bytes as it needs, seven bits to a byte (LEB128).
#[inline]
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a number with a sign, small ones of either sign in few bytes.
#[inline]
pub fn put_signed(out: &mut Vec<u8>, number: i64) {
    put_number(out, ((number << 1) ^ (number >> 63)) as u64);
}

/// Writes a text with its length.
#[inline]
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Reads what the functions above wrote.
pub struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    /// Starts at the front.
    pub fn new(bytes: &'a [u8]) -> Self {
        Bytes { rest: bytes }
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next byte.
    #[inline]
    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.rest.split_first().ok_or(Damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    /// The next so many bytes.
    #[inline]
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    /// A number.
    #[inline]
    pub fn number(&mut self) -> Result<u64, Damaged> {
        let first = self.byte()?;
        if first < 0x80 {
            return Ok(u64::from(first));
        }
        let mut number = u64::from(first & 0x7f);
        let mut shift = 7;
        loop {
            let byte = self.byte()?;
            if shift > 63 || (shift == 63 && byte > 1) {
                return Err(Damaged);
            }
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }

    /// A number with a sign.
    #[inline]
    pub fn signed(&mut self) -> Result<i64, Damaged> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A count of things that take at least one byte each, so that damage cannot ask for more memory than there are bytes.
    #[inline]
    pub fn count(&mut self) -> Result<usize, Damaged> {
        let count = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        if count > self.left() { Err(Damaged) } else { Ok(count) }
    }

    /// A text.
    #[inline]
    pub fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged)
    }

    /// A 128-bit number of sixteen bytes.
    #[inline]
    pub fn wide(&mut self) -> Result<u128, Damaged> {
        let taken: [u8; 16] = self.take(16)?.try_into().map_err(|_| Damaged)?;
        Ok(u128::from_le_bytes(taken))
    }
}

/// A checksum of 64 bits: any damage within one aligned word of eight bytes is found for certain, anything wider almost surely.
///
/// Each step is a one-to-one function of the sum so far and of the word, so that two inputs that differ in one word never meet again.
pub fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut words = bytes.chunks_exact(8);
    let mut sum = bytes.len() as u64 ^ FACTOR;
    for word in &mut words {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        sum = (sum.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    }
    let mut last = [0u8; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    sum = (sum.rotate_left(23) ^ u64::from_le_bytes(last)).wrapping_mul(FACTOR);
    sum ^ (sum >> 29)
}
