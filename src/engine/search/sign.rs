//! Signs: 256 bits that say which letters and pairs of letters a text has, so that most texts are passed over without being read.
//!
//! A text that meets a word has all bits of the word; one that has them need not meet it. (B. H. Bloom, 1970.)

use super::fold::{is_han, is_of_word};
use super::readings::Readings;

/// The bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sign([u64; 4]);

impl Sign {
    /// Whether all bits of another sign are among these. Asked of every record with every letter that is typed.
    #[inline(always)]
    pub fn has(&self, wanted: &Sign) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, wanted.0);
        (e & !a) | (f & !b) | (g & !c) | (h & !d) == 0
    }

    /// Adds the letters of a line, their pairs, and which of them begin a word.
    pub fn add_text(&mut self, text: &str) {
        let mut before = None;
        let mut is_within = false;
        for letter in text.chars() {
            let code = u32::from(letter);
            self.add(code, 0);
            match before {
                Some(before) => self.add(before, code),
                None => self.add(code, 1),
            }
            if before.is_some() && !is_within {
                self.add(code, 1);
            }
            is_within = !is_han(letter) && is_of_word(letter);
            before = Some(code);
        }
    }

    /// Adds what a text must have that holds a typed word; a single letter must begin a word there.
    pub fn add_typed(&mut self, word: &str) {
        let mut letters = word.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            return self.add(u32::from(only), 1);
        }
        self.add_within(word);
    }

    /// Adds the letters of a part of a line and their pairs.
    pub fn add_within(&mut self, text: &str) {
        let mut before = None;
        for letter in text.chars() {
            self.add(u32::from(letter), 0);
            if let Some(before) = before {
                self.add(before, u32::from(letter));
            }
            before = Some(u32::from(letter));
        }
    }

    /// Adds what a text must sound like that holds these Han characters or others of the same sound.
    pub fn add_heard(&mut self, word: &str, readings: &Readings) {
        for letter in word.chars() {
            let mut known = readings.of(letter);
            // Of several readings nobody knows which is meant.
            if let (Some(reading), None) = (known.next(), known.next()) {
                reading.windows(2).for_each(|pair| self.add(u32::from(pair[0]), u32::from(pair[1])));
            }
        }
    }

    /// Adds every letter and pair of letters that the pinyin and the initials of a line can be typed with.
    pub fn add_sound(&mut self, text: &str, readings: &Readings) {
        // The letters that may have been typed last when the next character begins.
        let mut ends: Vec<u8> = Vec::new();
        let mut initial = None;
        let mut is_within = false;
        for (at, letter) in text.chars().enumerate() {
            if is_han(letter) {
                let former = std::mem::take(&mut ends);
                for reading in readings.of(letter) {
                    let Some((first, last)) = reading.first().zip(reading.last()) else { continue };
                    if at == 0 {
                        self.add(u32::from(*first), 2);
                    }
                    former.iter().for_each(|end| self.add(u32::from(*end), u32::from(*first)));
                    reading.windows(2).for_each(|pair| self.add(u32::from(pair[0]), u32::from(pair[1])));
                    ends.extend([*first, *last]);
                    if reading.get(1) == Some(&b'h') {
                        ends.push(b'h');
                    }
                }
                is_within = false;
            } else if letter.is_ascii_alphanumeric() {
                let code = u32::from(letter);
                ends.iter().for_each(|end| self.add(u32::from(*end), code));
                ends.clear();
                ends.push(letter as u8);
                if !is_within {
                    if let Some(initial) = initial.replace(code) {
                        self.add(initial, code);
                    }
                    is_within = true;
                }
            } else {
                is_within = false;
            }
        }
    }

    /// Adds what a text must have that is typed so in pinyin or initials: its Latin letters.
    pub fn add_typed_sound(&mut self, word: &str) {
        let mut letters = word.chars();
        if let (Some(only), None) = (letters.next(), letters.next()) {
            // A single letter means the first character of a name.
            return self.add(u32::from(only), 2);
        }
        let mut before = None;
        for letter in word.chars() {
            let own = letter.is_ascii_alphanumeric().then_some(u32::from(letter));
            if let (Some(before), Some(own)) = (before, own) {
                self.add(before, own);
            }
            before = own;
        }
    }

    fn add(&mut self, one: u32, other: u32) {
        let mixed = (one.wrapping_mul(0x9e37_79b1) ^ other.wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
        let bit = mixed >> 24;
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }
}
