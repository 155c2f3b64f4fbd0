//! Phrases on the consultancy pack: `tests/data/phrase.csv` holds what is typed, the entity that is meant and the condition.

use chrono::NaiveDate;

use perennial::engine::phrase::{Asked, Lexicon, understand};
use perennial::model::condition::{Comparison, Condition, Operand};
use perennial::model::id::RecordId;

/// A condition as the cases write it: `amount > 50000 & (last_contact <= today-7 | last_contact empty)`.
fn written(condition: &Condition) -> String {
    let joined = |parts: &[Condition], joint: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Condition::All { .. } | Condition::Any { .. } => format!("({})", written(part)),
                other => written(other),
            })
            .collect();
        parts.join(joint)
    };
    match condition {
        Condition::All { all } => joined(all, " & "),
        Condition::Any { any } => joined(any, " | "),
        Condition::Not { not } => format!("not ({})", written(not)),
        Condition::Formula { formula } => format!("={formula}"),
        Condition::Compare(compare) => {
            let is = match compare.is {
                Comparison::Greater => ">",
                Comparison::AtLeast => ">=",
                Comparison::Less => "<",
                Comparison::AtMost => "<=",
                Comparison::Equals => "=",
                Comparison::NotEquals => "!=",
                Comparison::OneOf => "in",
                Comparison::NoneOf => "not in",
                Comparison::Between => "between",
                Comparison::Contains => "contains",
                Comparison::Empty => "empty",
                Comparison::Filled => "filled",
                other => return format!("{other:?}"),
            };
            format!("{} {is} {}", compare.field, operand(&compare.value)).trim_end().to_owned()
        }
    }
}

fn operand(operand_given: &Operand) -> String {
    match operand_given {
        Operand::Absent => String::new(),
        Operand::Flag(flag) => flag.to_string(),
        Operand::Integer(number) => number.to_string(),
        Operand::Text(text) => text.clone(),
        Operand::List(parts) => parts.iter().map(operand).collect::<Vec<_>>().join(", "),
    }
}

#[test]
fn phrases_mean_what_people_mean() {
    let state = crate::pack::whole_state();
    let lexicon = Lexicon::new(&state);
    let me = RecordId(7);
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let asked = Asked { reader: &state, today, actor: Some(me), here: None };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/phrase.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut failures = Vec::new();
    let mut seen = String::new();
    let mut count = 0;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let phrase = line.split('|').next().unwrap();
        let found = match understand(&lexicon, phrase, &asked).into_iter().next() {
            Some(found) => {
                let rest = if found.rest.is_empty() { String::new() } else { format!("|+ {}", found.rest.join(" ")) };
                let condition = written(&found.condition).replace(&me.to_string(), "me").replace('|', "or");
                format!("{phrase}|{}|{condition}{rest}", found.entity)
            }
            None => format!("{phrase}||"),
        };
        if found != line {
            failures.push(format!("  expected {line}\n  found    {found}"));
        }
        seen.push_str(&found);
        seen.push('\n');
        count += 1;
    }
    if let Ok(to) = std::env::var("PHRASES_SEEN") {
        std::fs::write(to, seen).unwrap();
    }
    assert!(count >= 120);
    assert!(failures.is_empty(), "{} cases fail\n{}", failures.len(), failures.join("\n"));
}
