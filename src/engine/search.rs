//! Search: finds records by their short texts, as people type them: words in any order, beginnings, initials, pinyin and
//! typing errors. It knows no screens, and nothing of what was typed before.

mod fold;
mod index;
mod meet;
mod readings;
mod sign;

use std::ops::Range;

use crate::model::id::{EntityId, RecordId};

pub use index::Index;
pub use readings::Readings;

use meet::{Way, Word};

/// How well something meets what is typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A whole name, telephone number, address or code.
    Exact,
    /// The beginning of the name.
    Start,
    /// The beginning of a word.
    Word,
    /// Anywhere.
    Inside,
    /// The first letters of words.
    Initials,
    /// The pinyin, whole or in part.
    Sound,
    /// A typing error, or another character of the same sound.
    Slip,
}

/// What is typed, taken apart once.
pub struct Query {
    /// All of it, folded, with single spaces.
    whole: String,
    words: Vec<Word>,
}

/// What is asked of an [`Index`].
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// As it was typed.
    pub text: &'a str,
    /// Records of this entity alone.
    pub only: Option<EntityId>,
    /// Records that were opened last or often, the first of them first: they stand before others that are met as well.
    pub recent: &'a [RecordId],
    /// So many at most.
    pub most: usize,
}

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Whose record.
    pub entity: EntityId,
    /// Which.
    pub record: RecordId,
    /// How well it meets what is typed.
    pub tier: Tier,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Found {
    /// The best, in their order.
    pub hits: Vec<Hit>,
    /// Whether there are no others.
    pub is_all: bool,
}

impl Query {
    /// Takes apart what is typed. Words beyond the eighth are left out.
    pub fn new(text: &str) -> Query {
        let whole = fold::folded(text).split_whitespace().collect::<Vec<&str>>().join(" ");
        let words = whole.split(' ').filter(|word| !word.is_empty()).take(8).map(Word::new).collect();
        Query { whole, words }
    }

    /// Whether nothing is typed.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a name meets it; nothing where it does not. All words must be met, each wherever it may be.
    pub fn meets(&self, name: &str, readings: &Readings) -> Option<Tier> {
        let name = fold::folded(name);
        let found = self.tier(&name, &name, "", readings, Way::Sounds).map(|(tier, _)| tier);
        found.or_else(|| self.words.iter().all(|word| word.place(&name, readings).is_some()).then_some(Tier::Slip))
    }

    /// The parts of a name that meet it, from left to right, as places of its bytes.
    pub fn marks(&self, name: &str, readings: &Readings) -> Vec<Range<usize>> {
        let folded = fold::folded(name);
        // A character stays one character when it is folded, though not of as many bytes.
        let places: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
        let mut marked = vec![false; places.len()];
        for word in &self.words {
            for at in word.place(&folded, readings).into_iter().flatten() {
                if let Some(mark) = marked.get_mut(at) {
                    *mark = true;
                }
            }
        }
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, _) in marked.iter().enumerate().filter(|(_, is_marked)| **is_marked) {
            let (Some(from), Some(to)) = (places.get(at), places.get(at + 1)) else { continue };
            match ranges.last_mut() {
                Some(last) if last.end == *from => last.end = *to,
                _ => ranges.push(*from..*to),
            }
        }
        ranges
    }

    /// How well folded texts meet it, and whether they do so from the beginning of the name: the title, all names with the title
    /// as their first line, and the codes, one a line.
    fn tier(&self, title: &str, names: &str, codes: &str, readings: &Readings, way: Way) -> Option<(Tier, bool)> {
        if title.as_bytes().starts_with(self.whole.as_bytes()) {
            let is_exact = title.len() == self.whole.len();
            return Some((if is_exact { Tier::Exact } else { Tier::Start }, true));
        }
        let mut worst = (Tier::Start, false);
        for word in &self.words {
            let (tier, is_first) = word.meets(names, codes, readings, way)?;
            // The beginning of the name means the beginning of all that is typed.
            let tier = if tier == Tier::Start { Tier::Word } else { tier };
            worst = (worst.0.max(tier), worst.1 || is_first);
        }
        if worst.0 == Tier::Word && codes.lines().any(|code| code == self.whole) {
            worst = (Tier::Exact, true);
        }
        Some(worst)
    }

    /// Looks for what may have been meant in place of words that are known to nobody.
    fn suspect(&mut self, known: &rustc_hash::FxHashMap<Box<str>, u32>, readings: &Readings) {
        self.words.iter_mut().for_each(|word| word.suspect(known.keys().map(|word| &**word), readings));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a comment\nan 安\nbei 北\nchang 长\nchen 晨辰\nchong 重\ndan 单\nguang 光\nhai 海\nhang 行\njing 京\n\
        qing 庆\nshan 单\nshang 上商\nxing 行\nyin 银\nzhang 长\nzhong 中重\nli 李里\nlei 雷\nxi 西";

    #[track_caller]
    fn check(typed: &str, name: &str, expected: Option<Tier>) {
        let readings = Readings::read(TABLE);
        assert_eq!(Query::new(typed).meets(name, &readings), expected, "{typed} in {name}");
    }

    #[test]
    fn names_are_met_as_people_type_them() {
        for (typed, name, tier) in [
            ("上海晨光", "上海晨光", Tier::Exact),
            ("ＡＢＢ　china", "ABB China", Tier::Exact),
            ("上海", "上海晨光", Tier::Start),
            ("晨光", "上海晨光", Tier::Inside),
            ("chi", "ABB China", Tier::Word),
            ("china abb", "ABB China", Tier::Word),
            ("hin", "ABB China", Tier::Inside),
            ("cafe", "Café Zürich", Tier::Start),
            ("zurich", "Café Zürich", Tier::Word),
            ("mc", "Morning Capital", Tier::Initials),
            ("shcg", "上海晨光", Tier::Sound),
            ("shhcg", "上海晨光", Tier::Sound),
            ("shanghai", "上海晨光", Tier::Sound),
            ("shang hai cg", "上海晨光", Tier::Sound),
            ("shangh", "上海晨光", Tier::Sound),
            ("chenguang", "上海晨光", Tier::Sound),
            ("上海cg", "上海晨光", Tier::Sound),
            ("zgyh", "中国银行", Tier::Sound),
            ("hangzhang", "行长", Tier::Sound),
            ("xingchang", "行长", Tier::Sound),
            ("shan", "单雷", Tier::Sound),
            ("dan", "单雷", Tier::Sound),
            ("chongqing", "重庆", Tier::Sound),
            ("xian", "西安", Tier::Sound),
            ("s", "上海晨光", Tier::Sound),
            ("shanghia", "Shanghai Trading", Tier::Slip),
            ("Mornign", "Morning Capital", Tier::Slip),
            ("mrning", "Morning Capital", Tier::Slip),
            ("capitol", "Morning Capital", Tier::Slip),
            ("manufacturring", "Manufacturing", Tier::Slip),
            ("上海辰光", "上海晨光", Tier::Slip),
        ] {
            let readings = Readings::read(&format!("{TABLE}\nguo 国"));
            assert_eq!(Query::new(typed).meets(name, &readings), Some(tier), "{typed} in {name}");
        }
    }

    #[test]
    fn what_is_something_else_is_not_met() {
        for (typed, name) in [
            ("北京", "上海晨光"),
            ("shbj", "上海晨光"),
            ("abc", "abd"),
            ("h", "上海晨光"),
            ("o", "Mo"),
            ("xyz", "ABB China"),
            ("abb india", "ABB China"),
        ] {
            check(typed, name, None);
        }
    }

    #[test]
    fn what_is_met_is_marked() {
        let readings = Readings::read(TABLE);
        let marked = |typed: &str, name: &str| {
            let marks = Query::new(typed).marks(name, &readings);
            marks.into_iter().map(|range| name[range].to_owned()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(marked("chi", "ABB China"), "Chi");
        assert_eq!(marked("a chi", "ABB China"), "A|Chi");
        assert_eq!(marked("cg", "上海晨光"), "晨光");
        assert_eq!(marked("zurich", "Café Zürich"), "Zürich");
        assert_eq!(marked("mc", "Morning Capital"), "M|C");
        assert_eq!(marked("mornign", "Morning Capital"), "Morning");
    }
}
