//! Twins: records that are likely to stand for the same person or company as some values do.

use crate::engine::transfer::name::{squashed, without_company_form};
use crate::model::contact;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind};
use crate::model::id::{FieldId, RecordId};
use crate::model::record::{Record, Values};
use crate::model::state::{Reader, State};
use crate::model::value::Value;

/// Mail providers for everybody: an address there says nothing about the company.
const PUBLIC_DOMAINS: &[&str] = &[
    "126.com",
    "139.com",
    "163.com",
    "aliyun.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "outlook.com",
    "proton.me",
    "qq.com",
    "sina.cn",
    "sina.com",
    "sohu.com",
    "yahoo.com",
    "yeah.net",
];

/// A record that is likely to be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The record.
    pub record: RecordId,
    /// Why, the surest reason first; never empty.
    pub reasons: Vec<Likeness>,
}

/// In what two records are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They hold the same value in a field of which there is only one.
    Unique(FieldId),
    /// They have the same telephone number.
    Phone,
    /// They have the same e-mail address.
    Email,
    /// They have the same name, save for how it is written.
    Name,
    /// Their web or mail addresses have the same domain.
    Domain,
}

/// The records of an entity that are likely to be the same as one with these values, the likeliest first and at most so many.
/// `addresses` are further mail and web addresses whose domains tell something.
pub fn twins(state: &State, entity: &Entity, values: &Values, addresses: &[&str], most: usize) -> Vec<Twin> {
    let calling_code = state.calling_code();
    let sought = Features::of(entity, values, calling_code);
    let mut domains = sought.domains.clone();
    domains.extend(addresses.iter().filter_map(|address| domain(address)));
    let unique: Vec<(FieldId, &Value)> = entity
        .fields
        .iter()
        .filter(|field| field.unique && !values.get(field.id).is_empty())
        .map(|field| (field.id, values.get(field.id)))
        .collect();
    let mut found: Vec<Twin> = Vec::new();
    for record in state.member_ids(entity.id).iter().filter_map(|id| state.record(*id)) {
        let reasons = likeness(record, entity, &sought, &domains, calling_code, &unique);
        if !reasons.is_empty() {
            found.push(Twin { record: record.id, reasons });
        }
    }
    found.sort_by(|one, other| {
        other.reasons.len().cmp(&one.reasons.len()).then_with(|| one.reasons.cmp(&other.reasons))
    });
    found.truncate(most);
    found
}

/// The fields whose values tell whether two records are the same.
pub fn tells_apart(entity: &Entity, field: &Field) -> bool {
    let is_address = matches!(field.kind, FieldKind::Phone | FieldKind::Email | FieldKind::Url);
    field.unique || is_address || field.id == entity.title
}

fn likeness(
    record: &Record,
    entity: &Entity,
    sought: &Features,
    domains: &[String],
    calling_code: &str,
    unique: &[(FieldId, &Value)],
) -> Vec<Likeness> {
    let mut reasons: Vec<Likeness> = unique
        .iter()
        .filter(|(field, value)| record.value(*field).compare(value).is_eq())
        .map(|(field, _)| Likeness::Unique(*field))
        .collect();
    let own = Features::of(entity, &record.values, calling_code);
    let is_shared = |mine: &[String], theirs: &[String]| mine.iter().any(|one| theirs.contains(one));
    let has_name = |own: &Features| !own.name.is_empty() && (own.name == sought.name);
    for (is_alike, reason) in [
        (is_shared(&sought.phones, &own.phones), Likeness::Phone),
        (is_shared(&sought.emails, &own.emails), Likeness::Email),
        (has_name(&own), Likeness::Name),
        (is_shared(domains, &own.sites), Likeness::Domain),
    ] {
        if is_alike {
            reasons.push(reason);
        }
    }
    reasons
}

/// What tells a person or company apart, as it is compared.
#[derive(Default)]
struct Features {
    name: String,
    phones: Vec<String>,
    emails: Vec<String>,
    /// Domains of web addresses alone: colleagues share that of their mail.
    sites: Vec<String>,
    domains: Vec<String>,
}

impl Features {
    fn of(entity: &Entity, values: &Values, calling_code: &str) -> Features {
        let mut features = Features::default();
        if let Some(title) = values.get(entity.title).as_text() {
            features.name = without_company_form(&squashed(title)).to_owned();
        }
        for field in &entity.fields {
            let Some(text) = values.get(field.id).as_text() else { continue };
            match field.kind {
                FieldKind::Phone => features.phones.extend(contact::read_phone(text, calling_code)),
                FieldKind::Email => features.emails.push(text.to_lowercase()),
                FieldKind::Url => features.sites.extend(domain(text)),
                _ => {}
            }
        }
        features.domains.clone_from(&features.sites);
        features
    }
}

/// The domain of a mail or web address, unless it is everybody's.
fn domain(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    let host = match address.split_once('@') {
        Some((_, host)) => host,
        None => {
            let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
            rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
        }
    };
    let host = host.trim_start_matches("www.");
    (host.contains('.') && !PUBLIC_DOMAINS.contains(&host)).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_domains() {
        for (address, expected) in [
            ("wang@Mingyuan.example", Some("mingyuan.example")),
            ("https://www.mingyuan.example/about?x", Some("mingyuan.example")),
            ("mingyuan.example", Some("mingyuan.example")),
            ("9611853023@qq.com", None),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(domain(address).as_deref(), expected, "{address}");
        }
    }
}
