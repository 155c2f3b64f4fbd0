//! Names: when two spellings mean the same, and how much two words resemble each other.

/// The spelling that is left when width, case, blanks and punctuation do not matter: `GTX Pro` and `ＧＴＸpro` give `gtxpro`.
pub fn squashed(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    key.extend(squashed_signs(name));
    key
}

/// The same, sign by sign.
pub fn squashed_signs(name: &str) -> impl Iterator<Item = char> {
    let narrow = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        other => other,
    };
    name.chars().map(narrow).filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// A squashed company name without what only says that it is a company: 有限公司, Co., Ltd, GmbH.
pub fn without_company_form(squashed: &str) -> &str {
    const FORMS: &[&str] = &[
        "有限责任公司",
        "股份有限公司",
        "集团有限公司",
        "有限公司",
        "集团公司",
        "公司",
        "集团",
        "colimited",
        "companylimited",
        "coltd",
        "pteltd",
        "ptyltd",
        "limited",
        "ltd",
        "incorporated",
        "inc",
        "corporation",
        "corp",
        "company",
        "gmbh",
        "llc",
        "llp",
        "plc",
        "sarl",
    ];
    const LEAST: usize = 2;
    let mut name = squashed;
    while let Some(rest) = FORMS.iter().find_map(|form| name.strip_suffix(form)) {
        if rest.chars().count() < LEAST {
            break;
        }
        name = rest;
    }
    name
}

/// How alike two words are, from 0 to 100: Dice's coefficient over pairs of neighbouring characters (Dice, 1945).
pub fn resemblance(a: &str, b: &str) -> u8 {
    if a == b {
        return 100;
    }
    let pairs = |word: &str| {
        let chars: Vec<char> = word.chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (left, mut right) = (pairs(a), pairs(b));
    let total = left.len() + right.len();
    if total == 0 {
        return 0;
    }
    let mut shared = 0;
    for pair in left {
        if let Some(at) = right.iter().position(|other| *other == pair) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    (200 * shared / total) as u8
}
