//! The words that phrases are made of: those of comparing and of time, and the names of what is defined.

use rustc_hash::FxHashMap;

use crate::engine::condition::Stretch;
use crate::engine::formula::coerce::half_width;
use crate::model::condition::Comparison;
use crate::model::entity::Entity;
use crate::model::field::{ChoiceOption, Field, FieldKind, Label};
use crate::model::id::{EntityId, FieldId, OptionId, RecordId};
use crate::model::record::Record;
use crate::model::state::Reader;

/// What a word may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The entity itself.
    Entity,
    /// A field of it.
    Field(FieldId),
    /// An option of a field.
    Option(FieldId, OptionId),
    /// Somebody who works here.
    Person(RecordId),
    /// A word of the language.
    Word(Word),
}

/// A word of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The same as.
    Is,
    /// Not the same as.
    IsNot,
    /// More, less, at least, at most.
    Than(Comparison),
    /// The text has it.
    Contains,
    /// Between.
    Between,
    /// The end of a range.
    To,
    /// And more, after a number.
    Above,
    /// And less, after a number.
    Below,
    /// Within a time.
    Within,
    /// Not.
    Not,
    /// Without.
    Without,
    /// With.
    With,
    /// Not ended.
    Open,
    /// Ended.
    Closed,
    /// Of the one who asks.
    Mine,
    /// Both.
    And,
    /// Either.
    Or,
    /// A stretch of the calendar.
    Stretch(Stretch, i32),
    /// A day, counted from today.
    Day(i64),
    /// The time that has passed.
    Last,
    /// The time that comes.
    Next,
    /// Before today, or before a day.
    Ago,
    /// After today, or after a day.
    Later,
    /// During a time.
    For,
    /// When the record was made.
    Created,
    /// When it was last changed.
    Updated,
    /// Past the day on which it is due.
    Overdue,
    /// Nothing is filled in.
    Empty,
    /// Nothing.
    Filler,
}

/// All words, by how they are written.
#[derive(Default)]
pub struct Lexicon {
    words: FxHashMap<Box<str>, Vec<(Option<EntityId>, Meaning)>>,
    entities: Vec<EntityId>,
    longest: usize,
}

/// The words of the language: what they mean, and how they are written in both.
const WORDS: &[(Word, &str)] = &[
    (Word::Is, "=|==|is|are|equals|equal to|was|were|为|是|等于|属于|:|："),
    (Word::IsNot, "!=|<>|≠|is not|are not|isn't|aren't|not equal to|不是|不等于|不为|不属于|非"),
    (
        Word::Than(Comparison::Greater),
        ">|over|above|more than|greater than|exceeds|exceeding|larger than|bigger than|higher than|after|大于|超过|多于|高于|超出|晚于",
    ),
    (
        Word::Than(Comparison::AtLeast),
        ">=|=>|≥|at least|no less than|not less than|minimum|from|since|starting|不少于|不低于|至少|大于等于|不小于|自|从",
    ),
    (
        Word::Than(Comparison::Less),
        "<|under|below|less than|smaller than|lower than|fewer than|before|小于|低于|少于|不到|不足|早于",
    ),
    (
        Word::Than(Comparison::AtMost),
        "<=|=<|≤|at most|no more than|not more than|up to|maximum|until|by|不超过|不高于|不多于|至多|最多|小于等于|不大于|截至",
    ),
    (Word::Contains, "contains|containing|including|包含|含有|含"),
    (Word::Between, "between|介于|在…之间"),
    (Word::To, "to|~|-|–|—|到|至"),
    (Word::Above, "以上|及以上|or more|and more|or above|and above|or higher|plus|+|多"),
    (Word::Below, "以下|及以下|or less|and less|or below|and below|or fewer"),
    (Word::Within, "以内|之内|内|within|in|during"),
    (Word::Not, "not|no|never|未|没|没有|没被|尚未|还没|还没有|从未|not been|have not|has not|haven't|hasn't|not yet"),
    (Word::Without, "without|missing|lacking|无|缺少|缺|未填|没填|未填写|except|excluding|除了|排除"),
    (Word::With, "with|has|have|having|有|已填|带"),
    (Word::Open, "open|ongoing|unfinished|in progress|未结束|进行中|未完成|未关闭|未结|在谈|active"),
    (Word::Closed, "closed|finished|done|ended|已结束|已完成|已关闭|结束的|关闭的"),
    (Word::Mine, "my|mine|owned by me|assigned to me|我的|我负责的|我负责|我"),
    (Word::And, "and|&|&&|,|，|、|;|；|且|并且|而且|和|与|同时|also"),
    (Word::Or, "or|either|||或|或者|或是"),
    (Word::Stretch(Stretch::Week, 0), "this week|本周|这周|这个星期|本星期|当周"),
    (Word::Stretch(Stretch::Week, -1), "last week|previous week|上周|上星期|上个星期"),
    (Word::Stretch(Stretch::Week, 1), "next week|下周|下星期|下个星期"),
    (Word::Stretch(Stretch::Month, 0), "this month|本月|这个月|当月"),
    (Word::Stretch(Stretch::Month, -1), "last month|previous month|上月|上个月"),
    (Word::Stretch(Stretch::Month, 1), "next month|下月|下个月"),
    (Word::Stretch(Stretch::Quarter, 0), "this quarter|本季度|本季|这个季度|当季"),
    (Word::Stretch(Stretch::Quarter, -1), "last quarter|previous quarter|上季度|上个季度"),
    (Word::Stretch(Stretch::Quarter, 1), "next quarter|下季度|下个季度"),
    (Word::Stretch(Stretch::Year, 0), "this year|今年|本年|本年度|当年"),
    (Word::Stretch(Stretch::Year, -1), "last year|previous year|去年|上年"),
    (Word::Stretch(Stretch::Year, 1), "next year|明年"),
    (Word::Day(0), "today|今天|今日|当天"),
    (Word::Day(-1), "yesterday|昨天|昨日"),
    (Word::Day(1), "tomorrow|明天|明日"),
    (Word::Day(-2), "前天"),
    (Word::Day(2), "后天"),
    (Word::Last, "last|past|the last|the past|in the last|in the past|previous|最近|过去|近|近期|最近的"),
    (Word::Next, "next|coming|the next|the coming|in the next|in the coming|未来|接下来|今后"),
    (Word::Ago, "ago|前|以前|之前|earlier"),
    (Word::Later, "later|from now|后|以后|之后|afterwards"),
    (Word::For, "for|for more than|for over|已经|已"),
    (Word::Created, "created|new|added|newly created|newly added|新增|新建|创建|新进|新"),
    (Word::Updated, "updated|changed|modified|更新|修改|变更"),
    (Word::Overdue, "overdue|past due|逾期|过期|超期"),
    (Word::Empty, "为空|是空|空白|is empty|is blank|empty|blank"),
    (
        Word::Filler,
        "the|a|an|of|that|which|who|whose|where|all|any|show|find|list|me|been|be|do|does|did|had|on|at|的|了|过|所有|全部|哪些|查看|查找|找出|显示|请|个|家|位|条|笔|被|于|在|这|那些|里|中|之间|.|。|records|ones",
    ),
];

impl Lexicon {
    /// The words of a workspace.
    pub fn new(reader: &dyn Reader) -> Lexicon {
        let mut entities = reader.entities();
        entities.sort_by_key(|entity| (entity.tucked, entity.order.is_none(), entity.order));
        let mut lexicon = Lexicon { entities: entities.iter().map(|entity| entity.id).collect(), ..Lexicon::default() };
        for (word, written) in WORDS {
            for one in written.split('|').filter(|one| !one.is_empty()) {
                lexicon.add(None, one, Meaning::Word(*word));
            }
        }
        let people = reader.workspace().and_then(|workspace| workspace.people);
        let names: Vec<(RecordId, String)> = people.map_or_else(Vec::new, |people| {
            let title = reader.entity(people).map(|entity| entity.title);
            let name = |record: &Record| Some((record.id, record.value(title?).as_text()?.to_owned()));
            // Among thousands of people a word is too often somebody's name.
            reader.members(people).into_iter().take(500).filter_map(|id| name(reader.record(id)?)).collect()
        });
        for (id, name) in &names {
            lexicon.add(None, name, Meaning::Person(*id));
        }
        for entity in &entities {
            lexicon.add_entity(entity, reader);
        }
        lexicon
    }

    fn add_entity(&mut self, entity: &Entity, reader: &dyn Reader) {
        let own = Some(entity.id);
        for label in [&entity.label, &entity.plural] {
            self.add_label(own, label, Meaning::Entity);
        }
        for alias in &entity.aliases {
            self.add(own, alias, Meaning::Entity);
        }
        // Names before what else a thing is called.
        for field in entity.fields.iter().filter(|field| !field.retired && !matches!(field.kind, FieldKind::Hidden)) {
            self.add_label(own, &field.label, Meaning::Field(field.id));
            for option in options_of(entity, field, reader).iter().filter(|option| !option.retired) {
                self.add_label(own, &option.label, Meaning::Option(field.id, option.id));
            }
        }
        for field in &entity.fields {
            for alias in &field.aliases {
                self.add(own, alias, Meaning::Field(field.id));
            }
            for option in &options_of(entity, field, reader) {
                for alias in &option.aliases {
                    self.add(own, alias, Meaning::Option(field.id, option.id));
                }
            }
        }
    }

    fn add_label(&mut self, entity: Option<EntityId>, label: &Label, meaning: Meaning) {
        for text in [&label.zh, &label.en] {
            self.add(entity, text, meaning);
            // A unit in brackets is not said: 销售周期（天）.
            if let Some((bare, _)) = text.split_once(['（', '(']) {
                self.add(entity, bare, meaning);
            }
        }
    }

    fn add(&mut self, entity: Option<EntityId>, text: &str, meaning: Meaning) {
        let text = folded(text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.longest = self.longest.max(text.chars().count());
        let known = self.words.entry(text.into()).or_default();
        if !known.contains(&(entity, meaning)) {
            known.push((entity, meaning));
        }
    }

    /// How many letters the longest word has.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// What a word means to an entity: its own names first.
    pub(super) fn meanings(&self, word: &str, entity: EntityId) -> Vec<Meaning> {
        let Some(known) = self.words.get(word) else { return Vec::new() };
        let own = known.iter().filter(|(of, _)| *of == Some(entity));
        own.chain(known.iter().filter(|(of, _)| of.is_none())).map(|(_, meaning)| *meaning).collect()
    }

    /// The entities that a text may speak of: those that it names, or else those whose fields and options it names.
    pub(super) fn candidates(&self, text: &str, here: Option<EntityId>) -> Vec<EntityId> {
        let letters: Vec<char> = folded(text).chars().collect();
        let mut named: Vec<(usize, EntityId)> = Vec::new();
        let mut told: Vec<EntityId> = Vec::new();
        let mut word = String::new();
        for start in 0..letters.len() {
            word.clear();
            for (length, letter) in letters[start..].iter().take(self.longest).enumerate() {
                word.push(*letter);
                let is_whole = is_edge(&letters, start) && is_edge(&letters, start + length + 1);
                let Some(known) = self.words.get(word.as_str()).filter(|_| is_whole) else { continue };
                for (entity, meaning) in known.iter().filter_map(|(entity, meaning)| Some(((*entity)?, meaning))) {
                    match meaning {
                        Meaning::Entity => named.push((length + 1, entity)),
                        _ => told.push(entity),
                    }
                }
            }
        }
        // 转介绍 names referrals, though 介绍 may name something else.
        let longest = named.iter().map(|(length, _)| *length).max().unwrap_or(0);
        let is_meant = |entity: &&EntityId| {
            named.iter().any(|(length, id)| id == *entity && *length == longest)
                || (told.contains(entity) || here == Some(**entity))
        };
        self.entities.iter().filter(is_meant).copied().collect()
    }
}

/// The options of a field, or of the one that it looks up.
fn options_of(entity: &Entity, field: &Field, reader: &dyn Reader) -> Vec<ChoiceOption> {
    let FieldKind::Lookup { link, field: end } = &field.kind else { return field.options().to_vec() };
    let targets = entity.field(*link).and_then(Field::link).map(|link| link.to.clone()).unwrap_or_default();
    let end = targets.first().and_then(|target| reader.entity(*target)?.field(*end));
    end.map(|end| end.options().to_vec()).unwrap_or_default()
}

/// A text as words are written here: small letters of half width.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(|letter| half_width(letter).to_lowercase().next().unwrap_or(letter)).collect()
}

/// Whether a Latin word may begin or end at a place: not in the middle of one.
pub(super) fn is_edge(letters: &[char], at: usize) -> bool {
    let is_latin =
        |letter: Option<&char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == '_');
    let (before, after) = (at.checked_sub(1).and_then(|at| letters.get(at)), letters.get(at));
    let is_digit = |letter: Option<&char>| letter.is_some_and(char::is_ascii_digit);
    !(is_latin(before) && is_latin(after)) || is_digit(before) != is_digit(after)
}
