//! QR codes (ISO/IEC 18004, model 2) of the bytes of a text, with error correction of level M, so that one on paper may be a bit
//! dirty. Versions 1 to 20: an address is never longer.

/// A code as dark and light modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Modules in a row, and rows.
    pub size: usize,
    dark: Vec<bool>,
    fixed: Vec<bool>,
}

/// Words of correction in each block, by version.
const CORRECTION: [usize; 20] = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
/// Blocks, by version.
const BLOCKS: [usize; 20] = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/// The code of a text; nothing where it is too long.
pub fn qr_code(text: &str) -> Option<QrCode> {
    let content = text.as_bytes();
    (1..=CORRECTION.len()).find_map(|version| {
        let room = all_words(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
        let length_bits = if version < 10 { 8 } else { 16 };
        let fits = 4 + length_bits + content.len() * 8 <= room * 8;
        fits.then(|| draw(version, &with_correction(version, &words(content, length_bits, room))))
    })
}

impl QrCode {
    /// Whether a module is dark; what lies around the code is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.dark[y * self.size + x]
    }

    /// The dark modules as the path of a picture, a unit each.
    pub fn path(&self) -> String {
        let dark = (0..self.size * self.size).filter(|at| self.dark[*at]);
        dark.map(|at| format!("M{} {}h1v1h-1z", at % self.size, at / self.size)).collect()
    }

    fn set(&mut self, x: isize, y: isize, is_dark: bool) {
        let size = self.size as isize;
        if (0..size).contains(&x) && (0..size).contains(&y) {
            let at = (y * size + x) as usize;
            self.dark[at] = is_dark;
            self.fixed[at] = true;
        }
    }
}

/// The modules of a version that hold content, in whole words.
fn all_words(version: usize) -> usize {
    let mut modules = (16 * version + 128) * version + 64;
    if version > 1 {
        let marks = version / 7 + 2;
        modules -= (25 * marks - 10) * marks - 55;
    }
    if version >= 7 {
        modules -= 36;
    }
    modules / 8
}

fn words(content: &[u8], length_bits: usize, room: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::with_capacity(room * 8);
    let mut put = |value: usize, count: usize| bits.extend((0..count).rev().map(|at| value >> at & 1 == 1));
    put(4, 4);
    put(content.len(), length_bits);
    content.iter().for_each(|byte| put(usize::from(*byte), 8));
    let end = (bits.len() + 4).min(room * 8).next_multiple_of(8);
    bits.resize(end, false);
    let word = |bits: &[bool]| bits.iter().fold(0u8, |word, bit| word << 1 | u8::from(*bit));
    let mut words: Vec<u8> = bits.chunks(8).map(word).collect();
    let fillers = [0xec, 0x11].into_iter().cycle();
    let missing = room - words.len();
    words.extend(fillers.take(missing));
    words
}

/// Multiplication in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0u8, |product, at| {
        let carried = if product & 0x80 == 0 { 0 } else { 0x1d };
        (product << 1) ^ carried ^ if b >> at & 1 == 1 { a } else { 0 }
    })
}

/// What Reed and Solomon add to some words.
fn correction(words: &[u8], degree: usize) -> Vec<u8> {
    let mut divisor = vec![0u8; degree];
    divisor[degree - 1] = 1;
    let mut root = 1;
    for _ in 0..degree {
        for place in 0..degree {
            divisor[place] = times(divisor[place], root) ^ divisor.get(place + 1).copied().unwrap_or_default();
        }
        root = times(root, 2);
    }
    let mut rest = vec![0u8; degree];
    for word in words {
        let factor = word ^ rest.remove(0);
        rest.push(0);
        rest.iter_mut().zip(&divisor).for_each(|(rest, part)| *rest ^= times(*part, factor));
    }
    rest
}

/// The words with those of correction: one of each block in turn.
fn with_correction(version: usize, words: &[u8]) -> Vec<u8> {
    let (count, degree, all) = (BLOCKS[version - 1], CORRECTION[version - 1], all_words(version));
    let (short, length) = (count - all % count, all / count - degree);
    let mut rest = words;
    let mut blocks: Vec<(&[u8], Vec<u8>)> = Vec::with_capacity(count);
    for at in 0..count {
        let (part, after) = rest.split_at(length + usize::from(at >= short));
        rest = after;
        blocks.push((part, correction(part, degree)));
    }
    let mut woven: Vec<u8> = Vec::with_capacity(all);
    for at in 0..=length {
        woven.extend(blocks.iter().filter_map(|(part, _)| part.get(at)));
    }
    for at in 0..degree {
        woven.extend(blocks.iter().map(|(_, sum)| sum[at]));
    }
    woven
}

fn draw(version: usize, words: &[u8]) -> QrCode {
    let size = version * 4 + 17;
    let mut code = QrCode { size, dark: vec![false; size * size], fixed: vec![false; size * size] };
    draw_marks(&mut code, version);
    draw_format(&mut code, 0);
    draw_words(&mut code, words);
    let masked = |mask: usize| {
        let mut tried = code.clone();
        draw_format(&mut tried, mask);
        for at in (0..size * size).filter(|at| !code.fixed[*at]) {
            tried.dark[at] ^= is_masked(mask, at % size, at / size);
        }
        tried
    };
    (0..8).map(masked).min_by_key(penalty).unwrap_or(code)
}

fn draw_marks(code: &mut QrCode, version: usize) {
    let size = code.size as isize;
    for at in 0..size {
        code.set(6, at, at % 2 == 0);
        code.set(at, 6, at % 2 == 0);
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
        for (down, across) in (-4isize..=4).flat_map(|down| (-4isize..=4).map(move |across| (down, across))) {
            let ring = down.abs().max(across.abs());
            code.set(x + across, y + down, ring != 2 && ring != 4);
        }
    }
    let marks = marks(version, size);
    let last = marks.len().saturating_sub(1);
    for (i, j) in (0..marks.len()).flat_map(|i| (0..marks.len()).map(move |j| (i, j))) {
        if matches!((i, j), (0, 0)) || (i, j) == (0, last) || (i, j) == (last, 0) {
            continue;
        }
        for (down, across) in (-2isize..=2).flat_map(|down| (-2isize..=2).map(move |across| (down, across))) {
            code.set(marks[i] + across, marks[j] + down, down.abs().max(across.abs()) != 1);
        }
    }
    if version >= 7 {
        let rest = (0..12).fold(version, |rest, _| (rest << 1) ^ ((rest >> 11) * 0x1f25));
        let bits = version << 12 | rest;
        for at in 0..18isize {
            let (x, y) = (size - 11 + at % 3, at / 3);
            code.set(x, y, bits >> at & 1 == 1);
            code.set(y, x, bits >> at & 1 == 1);
        }
    }
}

fn marks(version: usize, size: isize) -> Vec<isize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = ((version * 8 + count * 3 + 5) / (count * 4 - 4) * 2) as isize;
    let mut found: Vec<isize> = (0..count as isize - 1).map(|at| size - 7 - at * step).collect();
    found.push(6);
    found.reverse();
    found
}

fn draw_format(code: &mut QrCode, mask: usize) {
    // Level M is 00.
    let rest = (0..10).fold(mask, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
    let bits = (mask << 10 | rest) ^ 0x5412;
    let (bit, size) = (|at: isize| bits >> at & 1 == 1, code.size as isize);
    (0..=5).for_each(|at| code.set(8, at, bit(at)));
    code.set(8, 7, bit(6));
    code.set(8, 8, bit(7));
    code.set(7, 8, bit(8));
    (9..15).for_each(|at| code.set(14 - at, 8, bit(at)));
    (0..8).for_each(|at| code.set(size - 1 - at, 8, bit(at)));
    (8..15).for_each(|at| code.set(8, size - 15 + at, bit(at)));
    code.set(8, size - 8, true);
}

fn draw_words(code: &mut QrCode, words: &[u8]) {
    let size = code.size;
    let mut bits = words.iter().flat_map(|word| (0..8).rev().map(move |at| word >> at & 1 == 1));
    let columns = (0..size).rev().step_by(2).filter(|right| *right > 0);
    for right in columns.map(|right| if right <= 6 { right - 1 } else { right }) {
        for (step, side) in (0..size).flat_map(|step| [(step, 0), (step, 1)]) {
            let x = right - side;
            let y = if (right + 1) & 2 == 0 { size - 1 - step } else { step };
            let at = y * size + x;
            if !code.fixed[at]
                && let Some(bit) = bits.next()
            {
                code.dark[at] = bit;
            }
        }
    }
}

fn is_masked(mask: usize, x: usize, y: usize) -> bool {
    let found = match mask {
        0 => x + y,
        1 => y,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => x / 3 + y / 2,
        5 => x * y % 2 + x * y % 3,
        6 => x * y % 2 + x * y % 3,
        _ => (x + y) % 2 + x * y % 3,
    };
    if matches!(mask, 2 | 3 | 5) { found == 0 } else { found.is_multiple_of(2) }
}

/// How hard a code is to read: long runs, blocks, what looks like a corner, and too much of one colour.
fn penalty(code: &QrCode) -> usize {
    const CORNERS: [[bool; 11]; 2] = [
        [true, false, true, true, true, false, true, false, false, false, false],
        [false, false, false, false, true, false, true, true, true, false, true],
    ];
    let size = code.size;
    let mut total = 0;
    for at in 0..size {
        let row: Vec<bool> = (0..size).map(|x| code.is_dark(x, at)).collect();
        let column: Vec<bool> = (0..size).map(|y| code.is_dark(at, y)).collect();
        for line in [row, column] {
            let runs = line.chunk_by(|one, other| one == other).map(<[bool]>::len);
            total += runs.filter(|run| *run >= 5).map(|run| run - 2).sum::<usize>();
            total += line.windows(11).filter(|part| CORNERS.iter().any(|corner| part == corner)).count() * 40;
        }
    }
    for (x, y) in (1..size).flat_map(|y| (1..size).map(move |x| (x, y))) {
        let own = code.is_dark(x, y);
        let is_block = [(x - 1, y), (x, y - 1), (x - 1, y - 1)].iter().all(|(x, y)| code.is_dark(*x, *y) == own);
        total += if is_block { 3 } else { 0 };
    }
    let dark = code.dark.iter().filter(|is_dark| **is_dark).count();
    total + (dark * 20).abs_diff(size * size * 10) / (size * size) * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of the standard's tutorials: HELLO WORLD in version 1, level M.
    #[test]
    fn correction_is_as_worked_out_by_hand() {
        let words = [32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17];
        assert_eq!(correction(&words, 10), [196, 35, 39, 119, 235, 215, 231, 226, 93, 23]);
    }

    #[test]
    fn a_code_is_as_large_as_its_text_needs() {
        let size = |length: usize| qr_code(&"a".repeat(length)).map(|code| code.size);
        assert_eq!((size(14), size(15), size(26)), (Some(21), Some(25), Some(25)));
        assert_eq!((size(666), size(667)), (Some(97), None));
    }

    #[test]
    fn corners_and_format_stand_where_cameras_look_for_them() {
        let code = qr_code("https://perennial.example/#/fill/contact_us").expect("it fits");
        let row: String = (0..7).map(|x| if code.is_dark(x, 0) { '#' } else { '.' }).collect();
        assert_eq!((row.as_str(), code.is_dark(8, code.size - 8)), ("#######", true));
    }
}
