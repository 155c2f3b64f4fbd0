//! The order of letters in a language: texts are compared by it without asking whoever knows the language about each pair.

use std::cmp::Ordering;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Letters;

/// The longest run of digits that counts as a number; longer ones are all as long as that.
const LONGEST: u16 = 40;

/// The ranks that numbers take: one for each length, then one for each digit.
const NUMBERS: u16 = LONGEST + 1 + 10;

/// Letters in their order. Numbers in a text count as numbers: 2 stands before 10.
///
/// Language experts give a rank to each letter ([`Alphabet::new`]), and a text is as good as the ranks of its letters. That is
/// the first level of the Unicode Collation Algorithm (UTS #10) without contractions and expansions.
#[derive(Clone, Debug, Default)]
pub struct Alphabet {
    /// Ranks of the letters below U+10000; zero for those that are not known.
    near: Vec<u16>,
    far: FxHashMap<char, u16>,
    numbers: u16,
}

/// An alphabet with every letter of some texts.
pub(super) fn of<'a>(letters: Letters<'_>, texts: impl Iterator<Item = &'a str>) -> Rc<Alphabet> {
    let known = letters(&[]);
    let mut new: FxHashSet<char> = FxHashSet::default();
    new.extend(texts.flat_map(str::chars).filter(|letter| !known.knows(*letter)));
    if new.is_empty() { known } else { letters(&new.into_iter().collect::<Vec<char>>()) }
}

impl Alphabet {
    /// An alphabet of groups of letters in their order; the letters of one group, such as A and a, are alike.
    pub fn new<'a>(groups: impl IntoIterator<Item = &'a [char]>) -> Alphabet {
        let mut alphabet = Alphabet { near: vec![0; 0x1_0000], far: FxHashMap::default(), numbers: 0 };
        let mut rank: u16 = 1;
        for group in groups {
            if alphabet.numbers == 0 && group.iter().any(|letter| digit(*letter).is_some()) {
                alphabet.numbers = rank;
                rank = rank.saturating_add(NUMBERS);
            }
            for letter in group {
                match alphabet.near.get_mut(*letter as usize) {
                    Some(place) => *place = rank,
                    None => {
                        alphabet.far.insert(*letter, rank);
                    }
                }
            }
            rank = rank.saturating_add(1).min(u16::MAX - 1);
        }
        alphabet
    }

    /// Whether a letter has a place in it.
    pub fn knows(&self, letter: char) -> bool {
        match self.near.get(letter as usize) {
            Some(rank) => *rank != 0,
            None => self.far.contains_key(&letter),
        }
    }

    /// Compares two texts; those that differ only in what makes letters alike are equal.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.ranks(a).cmp(self.ranks(b))
    }

    /// The ranks of a text, letter by letter.
    pub fn ranks<'a>(&'a self, text: &'a str) -> impl Iterator<Item = u16> + 'a {
        Ranks { alphabet: self, rest: text.chars(), digits: text[..0].chars() }
    }

    fn rank(&self, letter: char) -> u16 {
        let rank = match self.near.get(letter as usize) {
            Some(rank) => *rank,
            None => self.far.get(&letter).copied().unwrap_or(0),
        };
        // What nobody has given a place stands behind all that have one.
        if rank == 0 { u16::MAX } else { rank }
    }
}

struct Ranks<'a> {
    alphabet: &'a Alphabet,
    rest: std::str::Chars<'a>,
    /// The digits of the number that is being gone through.
    digits: std::str::Chars<'a>,
}

impl Iterator for Ranks<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        let numbers = self.alphabet.numbers;
        if let Some(digit) = self.digits.next().and_then(digit) {
            return Some(numbers + LONGEST + 1 + digit);
        }
        let start = self.rest.clone();
        let letter = self.rest.next()?;
        if numbers == 0 || digit(letter).is_none() {
            return Some(self.alphabet.rank(letter));
        }
        // A number: first how long it is, then its digits, so that a longer one is greater.
        let text = start.as_str();
        let end = text.find(|letter| digit(letter).is_none()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let number = number.trim_start_matches(|letter| digit(letter) == Some(0));
        self.rest = rest.chars();
        self.digits = number.chars();
        let length = u16::try_from(number.chars().count()).unwrap_or(LONGEST).min(LONGEST);
        Some(numbers + length)
    }
}

/// The value of a digit, of full width as well.
fn digit(letter: char) -> Option<u16> {
    match letter {
        '0'..='9' => Some(letter as u16 - '0' as u16),
        '０'..='９' => Some(letter as u16 - '０' as u16),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet() -> Alphabet {
        let groups: [&[char]; 7] =
            [&[' '], &['0', '０'], &['1'], &['a', 'A', 'á'], &['b', 'B'], &['北', '背'], &['上']];
        Alphabet::new(groups)
    }

    #[test]
    fn texts_stand_by_their_letters() {
        let alphabet = alphabet();
        for (a, b, order) in [
            ("", "a", Ordering::Less),
            ("a", "B", Ordering::Less),
            ("áB", "Ab", Ordering::Equal),
            ("北a", "背b", Ordering::Less),
            ("上", "北", Ordering::Greater),
            ("a 2", "a 10", Ordering::Less),
            ("a 02", "a 2", Ordering::Equal),
            ("a ２", "a 2", Ordering::Equal),
            ("a10b", "a10a", Ordering::Greater),
            ("9", "a", Ordering::Less),
            ("x", "北", Ordering::Greater),
        ] {
            assert_eq!(alphabet.compare(a, b), order, "{a} and {b}");
        }
    }
}
