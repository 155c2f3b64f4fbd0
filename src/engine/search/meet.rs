//! How a typed word meets texts: as it stands, by initials, by sound, or with a slip of the finger.

use super::Tier;
use super::fold::{is_han, is_of_word};
use super::readings::{Readings, letter_bit};
use super::sign::Sign;

/// What is looked at. Each way costs more than the one before, and says less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Letters as they stand.
    Letters,
    /// Initials and pinyin as well.
    Sounds,
    /// Typing errors as well.
    Slips,
}

/// The longest word whose sound is looked for.
const LONGEST: usize = 60;

/// The longest word that is compared letter by letter.
const WIDEST: usize = 40;

/// A typed word, folded.
pub struct Word {
    text: String,
    letters: Vec<char>,
    /// The digits of what looks like a part of a telephone number that was typed with hyphens or brackets.
    digits: Option<String>,
    /// Typing errors that are forgiven: one in four letters or more, two in eight or more.
    slips: usize,
    /// What a text has that holds it as it stands.
    literal: Sign,
    /// What a text has that sounds like it; none where it cannot be typed so.
    spoken: Option<Sign>,
    /// What the Han characters among its letters ask of the literal sign of a text that sounds like it.
    rooted: Sign,
    /// What a text sounds like that has its Han characters or others of that sound.
    heard: Option<Sign>,
    /// Words that are known and may have been meant.
    meant: Vec<(String, Sign)>,
}

impl Word {
    pub fn new(text: &str) -> Word {
        let letters: Vec<char> = text.chars().collect();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let is_number = digits.len() >= 3
            && digits.len() < letters.len()
            && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '(' | ')' | '.'));
        let digits = is_number.then_some(digits);
        let (mut literal, mut rooted, mut spoken) = (Sign::default(), Sign::default(), Sign::default());
        literal.add_typed(digits.as_deref().unwrap_or(text));
        spoken.add_typed_sound(text);
        text.split(|letter: char| !is_han(letter)).for_each(|run| rooted.add_within(run));
        let can_sound = letters.len() <= LONGEST && letters.iter().any(char::is_ascii_lowercase);
        let slips = match letters.len() {
            4..8 => 1,
            8..WIDEST => 2,
            _ => 0,
        };
        let slips = if letters.iter().all(char::is_ascii_lowercase) { slips } else { 0 };
        let spoken = can_sound.then_some(spoken);
        Word { text: text.to_owned(), letters, digits, slips, literal, spoken, rooted, heard: None, meant: Vec::new() }
    }

    /// Looks among the words that are known for those that may have been meant, and at what Han characters sound like.
    pub fn suspect<'a>(&mut self, known: impl Iterator<Item = &'a str>, readings: &Readings) {
        if self.is_han_word() {
            let mut heard = Sign::default();
            heard.add_heard(&self.text, readings);
            self.heard = Some(heard);
        }
        if self.slips == 0 {
            return;
        }
        let mask = mask_of(self.text.bytes());
        let near = |word: &&str| {
            let missing = (mask & !mask_of(word.bytes())).count_ones() as usize;
            missing <= self.slips && word.len() + self.slips >= self.text.len() && *word != self.text
        };
        let typed = self.text.as_bytes();
        let mut found: Vec<(usize, &str)> = known
            .filter(near)
            .filter_map(|word| Some((near_prefix(typed, word.as_bytes(), self.slips)?.1, word)))
            .collect();
        found.sort_unstable();
        // More than these are too many to be meant.
        found.truncate(12);
        let signed = |(_, word): (usize, &str)| {
            let mut sign = Sign::default();
            sign.add_within(word);
            (word.to_owned(), sign)
        };
        self.meant = found.into_iter().map(signed).collect();
    }

    /// Whether a text with these signs is worth reading.
    #[inline(always)]
    pub fn may_meet(&self, literal: &Sign, spoken: &Sign, way: Way) -> bool {
        literal.has(&self.literal) || way > Way::Letters && self.may_sound(literal, spoken, way)
    }

    fn may_sound(&self, literal: &Sign, spoken: &Sign, way: Way) -> bool {
        self.spoken.as_ref().is_some_and(|sound| spoken.has(sound) && literal.has(&self.rooted))
            || way == Way::Slips
                && (self.meant.iter().any(|(_, sign)| literal.has(sign))
                    || self.heard.as_ref().is_some_and(|heard| spoken.has(heard)))
    }

    fn is_han_word(&self) -> bool {
        self.letters.len() >= 2 && self.letters.iter().all(|letter| is_han(*letter))
    }

    /// How well names and codes meet it, and whether they do so from the very beginning.
    pub fn meets(&self, names: &str, codes: &str, readings: &Readings, way: Way) -> Option<(Tier, bool)> {
        let dialled = || best_place(names.as_bytes(), self.digits.as_deref()?.as_bytes());
        let named = best_place(names.as_bytes(), self.text.as_bytes()).or_else(dialled);
        let is_coded = !codes.is_empty() && self.letters.first().is_some_and(char::is_ascii);
        if let Some((tier, at)) = named
            && (tier <= Tier::Word || !is_coded)
        {
            return self.allowed(tier).map(|tier| (tier, at == 0));
        }
        let typed = self.digits.as_deref().unwrap_or(&self.text);
        if is_coded && let Some((tier, at)) = best_place(codes.as_bytes(), typed.as_bytes()) {
            // A few letters in the middle of an address say nothing.
            let is_begun = at == 0 || codes.as_bytes().get(at - 1) == Some(&b'\n');
            let says_much = self.letters.len() >= 4 || self.letters.iter().any(char::is_ascii_digit);
            if let Some(tier) = self.allowed(tier.max(if is_begun { Tier::Word } else { Tier::Inside }))
                && (is_begun || says_much)
            {
                return Some((tier, false));
            }
        }
        if let Some(tier) = named.and_then(|(tier, _)| self.allowed(tier)) {
            return Some((tier, false));
        }
        if way == Way::Letters {
            return None;
        }
        if self.spoken.is_some() {
            if self.abbreviates(names) {
                return Some((Tier::Initials, false));
            }
            if let Some(is_first) = self.sounds(names, readings, Ears::Exact) {
                return Some((Tier::Sound, is_first));
            }
        }
        if way == Way::Sounds {
            return None;
        }
        let is_meant = |(word, _): &(String, Sign)| {
            best_place(names.as_bytes(), word.as_bytes()).is_some_and(|(tier, _)| tier <= Tier::Word)
        };
        let has_slipped = self.meant.iter().any(is_meant)
            || self.is_han_word() && self.sounds(names, readings, Ears::Homophones).is_some();
        has_slipped.then_some((Tier::Slip, false))
    }

    /// A single letter means nothing in the middle of a word.
    fn allowed(&self, tier: Tier) -> Option<Tier> {
        let is_letter = self.letters.len() == 1 && self.letters.iter().all(char::is_ascii_alphanumeric);
        (tier != Tier::Inside || !is_letter).then_some(tier)
    }

    /// The letters of a folded name that meet it, by their places.
    pub fn place(&self, name: &str, readings: &Readings) -> Option<Vec<usize>> {
        if let Some((tier, at)) = best_place(name.as_bytes(), self.text.as_bytes())
            && self.allowed(tier).is_some()
        {
            let start = name[..at].chars().count();
            return Some((start..start + self.letters.len()).collect());
        }
        if self.spoken.is_some() {
            if let Some(initials) = self.initials(name) {
                return Some(initials);
            }
            if let Some(range) = self.sounding(name, readings, Ears::Exact) {
                return Some(range.collect());
            }
        }
        if let Some((from, to)) = self.slipped(name) {
            return Some((from..to).collect());
        }
        self.is_han_word().then(|| self.sounding(name, readings, Ears::Homophones))?.map(Iterator::collect)
    }

    /// Whether the first letters of words spell it one after another.
    fn abbreviates(&self, names: &str) -> bool {
        if self.letters.len() < 2 {
            return false;
        }
        let mut state = 0u64;
        let mut is_within = false;
        for letter in names.bytes() {
            let is_latin = letter.is_ascii_alphanumeric();
            if is_latin && !is_within {
                let begun = state << 1 | 1;
                state = 0;
                for (at, _) in self.letters.iter().enumerate().filter(|(_, own)| **own == char::from(letter)) {
                    state |= begun & 1 << at;
                }
                if state >> (self.letters.len() - 1) & 1 == 1 {
                    return true;
                }
            } else if letter == b'\n' || !letter.is_ascii() {
                state = 0;
            }
            is_within = is_latin;
        }
        false
    }

    /// The places of the first letters of words that spell it one after another.
    fn initials(&self, names: &str) -> Option<Vec<usize>> {
        let length = self.letters.len();
        if length < 2 || !self.letters.iter().all(char::is_ascii_alphanumeric) {
            return None;
        }
        let mut firsts: Vec<(usize, char)> = Vec::new();
        let mut is_within = false;
        for (at, letter) in names.chars().enumerate() {
            let is_latin = letter.is_ascii_alphanumeric();
            // No initials across two names, nor across Han characters.
            if is_latin && !is_within || letter == '\n' || is_han(letter) {
                firsts.push((at, letter));
            }
            is_within = is_latin;
        }
        let found = firsts.windows(length).find(|run| run.iter().map(|(_, letter)| letter).eq(&self.letters))?;
        Some(found.iter().map(|(at, _)| *at).collect())
    }

    /// Whether a name can be read so; says then whether from its beginning.
    ///
    /// A set of bits follows how many of the typed letters each reading has come to: bit 3 stands while three letters are read.
    fn sounds(&self, names: &str, readings: &Readings, ears: Ears) -> Option<bool> {
        let whole = 1u64 << self.letters.len().min(63);
        let first = *self.letters.first()?;
        let bit = letter_bit(first);
        let mut state = 0u64;
        for (at, letter) in names.chars().enumerate() {
            if state == 0 && letter != first && ears == Ears::Exact && readings.initials(letter) & bit == 0 {
                continue;
            }
            if letter == '\n' {
                // A single letter means the first character alone.
                if self.letters.len() == 1 {
                    return None;
                }
                state = 0;
                continue;
            }
            if !is_of_word(letter) {
                continue;
            }
            let start = u64::from(self.letters.len() > 1 || at == 0);
            state = self.read(letter, state | start, readings, ears);
            if state & whole != 0 {
                return Some(self.sounding(names, readings, ears).is_some_and(|range| range.start == 0));
            }
        }
        None
    }

    /// Where a name can be read so.
    fn sounding(&self, name: &str, readings: &Readings, ears: Ears) -> Option<std::ops::Range<usize>> {
        let whole = 1u64 << self.letters.len().min(63);
        let mut rest = name;
        let mut start = 0;
        loop {
            let mut state = 1u64;
            for (at, letter) in rest.chars().enumerate() {
                if !is_of_word(letter) && at > 0 && letter != '\n' {
                    continue;
                }
                state = self.read(letter, state, readings, ears);
                if state & whole != 0 {
                    return Some(start..start + at + 1);
                }
                if state == 0 {
                    break;
                }
            }
            let mut letters = rest.chars();
            // A single letter means the first character alone.
            letters.next().filter(|_| self.letters.len() > 1)?;
            rest = letters.as_str();
            start += 1;
        }
    }

    /// How far one may have come after one more letter of the name.
    fn read(&self, letter: char, from: u64, readings: &Readings, ears: Ears) -> u64 {
        let mut to = 0;
        let is_read = is_han(letter);
        let mut left = from;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            let Some(next) = self.letters.get(at) else { continue };
            if *next == letter {
                to |= 1 << (at + 1);
            } else if !is_read {
                continue;
            } else if ears == Ears::Homophones {
                if readings.sound_alike(*next, letter) {
                    to |= 1 << (at + 1);
                }
            } else if readings.initials(letter) & letter_bit(*next) != 0 {
                let rest = &self.letters[at..];
                for reading in readings.of(letter) {
                    let same = reading.iter().zip(rest).take_while(|(byte, typed)| char::from(**byte) == **typed);
                    let same = same.count();
                    if same == 0 {
                        continue;
                    }
                    // The first letter, the first two of zh, ch and sh, the whole syllable, or what is typed of it so far.
                    to |= 1 << (at + 1);
                    if same >= 2 && reading.get(1) == Some(&b'h') {
                        to |= 1 << (at + 2);
                    }
                    if same == reading.len() || same == rest.len() {
                        to |= 1 << (at + same);
                    }
                }
            }
        }
        to
    }

    /// Where a word begins, in letters, and where it ends that is the typed one but for slips.
    fn slipped(&self, name: &str) -> Option<(usize, usize)> {
        if self.slips == 0 {
            return None;
        }
        let mut word: Vec<u8> = Vec::new();
        let mut start = 0;
        for (at, letter) in name.chars().chain(['\n']).enumerate() {
            if letter.is_ascii_alphanumeric() {
                if word.is_empty() {
                    start = at;
                }
                word.push(letter as u8);
                continue;
            }
            if let Some((length, _)) = near_prefix(self.text.as_bytes(), &word, self.slips) {
                return Some((start, start + length));
            }
            word.clear();
        }
        None
    }
}

/// What counts as the same sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ears {
    /// Letters that spell a reading of the character.
    Exact,
    /// Characters that can be read alike.
    Homophones,
}

/// The best place of a word in lines of text: the beginning of all, of a line or word, or anywhere.
fn best_place(text: &[u8], word: &[u8]) -> Option<(Tier, usize)> {
    let (last, before) = word.split_last()?;
    let is_latin = word[0].is_ascii();
    let mut best = None;
    let mut end = before.len();
    while end < text.len() {
        // The last byte is looked for first: that of a Chinese letter tells more than its first.
        if text[end] == *last && text[end - before.len()..end] == *before {
            let at = end - before.len();
            if at == 0 {
                return Some((Tier::Start, 0));
            }
            let former = text[at - 1];
            let is_within = former.is_ascii() == is_latin && (!former.is_ascii() || former.is_ascii_alphanumeric());
            if !is_within {
                return Some((Tier::Word, at));
            }
            // Words of Han characters have no gaps between them to look for.
            if !is_latin {
                return Some((Tier::Inside, at));
            }
            best.get_or_insert((Tier::Inside, at));
        }
        end += 1;
    }
    best
}

/// Which letters from a to z a word has, as bits.
fn mask_of(word: impl Iterator<Item = u8>) -> u32 {
    word.fold(0, |mask, byte| mask | letter_bit(char::from(byte)))
}

/// How many letters of a word are the typed ones but for so many slips, and how many there are; nothing where there are more.
///
/// The distance of F. J. Damerau (1964) and V. I. Levenshtein (1966): a letter too many, too few, another one, or two that have
/// changed places; no letter is changed twice. Asked of every beginning of the word, since one is still typing.
pub fn near_prefix(typed: &[u8], word: &[u8], slips: usize) -> Option<(usize, usize)> {
    let word = &word[..word.len().min(typed.len() + slips).min(WIDEST)];
    if word.len() + slips < typed.len() || typed.len() > WIDEST {
        return None;
    }
    let width = word.len();
    let mut rows = [[u8::MAX; WIDEST + 1]; 3];
    for (column, cost) in rows[0].iter_mut().enumerate().take(width + 1) {
        *cost = column as u8;
    }
    for (row, letter) in typed.iter().enumerate() {
        let (here, above, former) = ((row + 1) % 3, row % 3, (row + 2) % 3);
        // Far from the diagonal there are more slips than allowed.
        let (from, to) = ((row + 1).saturating_sub(slips).max(1), (row + 1 + slips).min(width));
        rows[here] = [u8::MAX; WIDEST + 1];
        rows[here][0] = row as u8 + 1;
        let mut least = if from == 1 { rows[here][0] } else { u8::MAX };
        for column in from..=to {
            let is_same = word[column - 1] == *letter;
            let mut cost = rows[above][column].saturating_add(1).min(rows[here][column - 1].saturating_add(1));
            cost = cost.min(rows[above][column - 1].saturating_add(u8::from(!is_same)));
            if row > 0 && column > 1 && word[column - 2] == *letter && word[column - 1] == typed[row - 1] {
                cost = cost.min(rows[former][column - 2].saturating_add(1));
            }
            rows[here][column] = cost;
            least = least.min(cost);
        }
        if usize::from(least) > slips {
            return None;
        }
    }
    // Of those that are as near, the one whose end is typed too.
    let ends = &rows[typed.len() % 3][..=width];
    let (length, cost) = ends.iter().enumerate().rev().min_by_key(|(_, cost)| **cost)?;
    (usize::from(*cost) <= slips).then_some((length, usize::from(*cost)))
}
