//! Readings: the pinyin of Han characters without tones, several for those that are read in several ways.

use rustc_hash::FxHashMap;

/// The first character that has a place in the table.
const FIRST: u32 = 0x4e00;

/// A table of readings. An empty one knows no pinyin.
#[derive(Debug, Default)]
pub struct Readings {
    /// For each character the number of its set of syllables; zero for those without.
    near: Vec<u16>,
    sets: Vec<Vec<u16>>,
    /// For each set the first letters of its syllables: bit 0 is a.
    initials: Vec<u32>,
    syllables: Vec<Box<str>>,
}

impl Readings {
    /// Reads a table: a syllable a line, followed by the characters that are read so.
    pub fn read(text: &str) -> Readings {
        let mut by_letter: FxHashMap<u32, Vec<u16>> = FxHashMap::default();
        let mut syllables: Vec<Box<str>> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((syllable, letters)) = line.split_once(' ') else { continue };
            let Ok(number) = u16::try_from(syllables.len()) else { break };
            syllables.push(syllable.into());
            for letter in letters.trim().chars() {
                by_letter.entry(u32::from(letter)).or_default().push(number);
            }
        }
        let mut known: FxHashMap<Vec<u16>, u16> = FxHashMap::default();
        let (mut near, mut sets) = (Vec::new(), vec![Vec::new()]);
        for (letter, set) in by_letter {
            let Some(at) = letter.checked_sub(FIRST).map(|at| at as usize).filter(|at| *at < 0x5200) else { continue };
            let number = *known.entry(set).or_insert_with_key(|set| {
                sets.push(set.clone());
                u16::try_from(sets.len() - 1).unwrap_or(0)
            });
            if near.len() <= at {
                near.resize(at + 1, 0);
            }
            near[at] = number;
        }
        let first = |number: &u16| syllables.get(usize::from(*number)).map_or(0, |syllable| initial_of(syllable));
        let initials = sets.iter().map(|set| set.iter().map(first).fold(0, |all, one| all | one)).collect();
        Readings { near, sets, initials, syllables }
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.near.is_empty()
    }

    /// How a character is read; not at all where it is none of those.
    pub fn of(&self, letter: char) -> impl Iterator<Item = &[u8]> {
        self.set(letter).iter().filter_map(|number| Some(self.syllables.get(usize::from(*number))?.as_bytes()))
    }

    /// The letters that may be typed first for a character, as bits.
    pub fn initials(&self, letter: char) -> u32 {
        self.initials.get(self.number(letter)).copied().unwrap_or(0)
    }

    /// Whether two characters can be read in the same way.
    pub fn sound_alike(&self, one: char, other: char) -> bool {
        let others = self.set(other);
        self.set(one).iter().any(|reading| others.contains(reading))
    }

    fn set(&self, letter: char) -> &[u16] {
        self.sets.get(self.number(letter)).map_or(&[], Vec::as_slice)
    }

    fn number(&self, letter: char) -> usize {
        let at = u32::from(letter).wrapping_sub(FIRST) as usize;
        self.near.get(at).copied().unwrap_or(0).into()
    }
}

/// The bit of a letter from a to z; none for others.
pub fn letter_bit(letter: char) -> u32 {
    if letter.is_ascii_lowercase() { 1 << (letter as u32 - 'a' as u32) } else { 0 }
}

fn initial_of(syllable: &str) -> u32 {
    syllable.chars().next().map_or(0, letter_bit)
}
