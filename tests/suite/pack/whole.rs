//! The pack is whole: every entity that it promises is there, can be looked at, laid out and found, and does not crowd out the others.

use std::collections::{BTreeMap, BTreeSet};

use perennial::model::definition::Definition;
use perennial::model::entity::Entity;
use perennial::model::field::FieldKind;
use perennial::model::id::{EntityId, RecordId};
use perennial::model::view::ViewShape;

use super::consultancy;

/// What a lifecycle platform deals with, part by part.
const PROMISED: &[&[&str]] = &[
    &["account", "contact", "relationship", "user", "team", "role", "working_calendar", "target", "lifecycle"],
    &["lead", "campaign", "campaign_cost", "segment", "journey", "message_template", "message", "content", "event"],
    &["touchpoint", "pipeline", "stage", "opportunity", "stage_change", "product", "price_book", "quote", "quote_line"],
    &["contract", "contract_clause", "order", "order_line", "delivery", "payment_plan", "payment", "invoice"],
    &[
        "performance_split",
        "competitor",
        "partner",
        "project",
        "equipment",
        "ticket",
        "sla_policy",
        "article",
        "survey",
    ],
    &["response", "onboarding_plan", "success_plan", "health_event", "renewal", "churn", "win_back", "tier"],
    &["membership", "point_entry", "coupon", "referral_programme", "referral", "reward", "activity", "task", "comment"],
    &["file", "notification", "calendar_entry"],
];

/// As many entities as stand open in the navigation without scrolling on a small screen.
const OPEN_AT_MOST: usize = 18;

fn entities() -> BTreeMap<EntityId, Entity> {
    let definitions = consultancy().definitions;
    let entities = definitions.into_iter().filter_map(|definition| match definition {
        Definition::Entity(entity) => Some((entity.id, (*entity).clone())),
        _ => None,
    });
    entities.collect()
}

#[test]
fn every_promised_entity_is_there() {
    let entities = entities();
    for id in PROMISED.iter().copied().flatten() {
        assert!(entities.contains_key(&EntityId::new(id)), "no {id}");
    }
}

#[test]
fn every_entity_has_a_layout_a_list_and_a_board_where_work_moves() {
    let pack = consultancy();
    let mut layouts = BTreeSet::new();
    let mut lists: BTreeMap<EntityId, usize> = BTreeMap::new();
    let mut boards: BTreeSet<EntityId> = BTreeSet::new();
    for definition in &pack.definitions {
        match definition {
            Definition::Layout(layout) => assert!(layouts.insert(layout.entity)),
            Definition::View(view) => match &view.shape {
                ViewShape::List { columns, .. } => {
                    assert!(columns.len() > 2, "{} shows little", view.id);
                    *lists.entry(view.entity).or_default() += 1;
                }
                ViewShape::Board { by, .. } => {
                    assert!(by.as_str() != "name");
                    boards.insert(view.entity);
                }
                ViewShape::Calendar { .. } | ViewShape::Timeline { .. } | ViewShape::Gallery { .. } => {}
            },
            _ => {}
        }
    }
    for (id, entity) in entities() {
        assert!(layouts.contains(&id), "{id} has no layout");
        assert!(lists.contains_key(&id), "{id} has no list");
        let moves = entity.fields.iter().any(|field| field.options().iter().any(|option| option.ended.is_some()));
        let is_line = id.as_str().ends_with("_change");
        assert!(!moves || is_line || boards.contains(&id), "{id} has no board, though its records come to an end");
    }
}

#[test]
fn few_entities_stand_open_and_every_other_one_can_be_reached() {
    let entities = entities();
    let lines: BTreeSet<EntityId> = entities.values().flat_map(|entity| entity.line_entities()).collect();
    let open: Vec<EntityId> = entities.values().filter(|entity| !entity.tucked).map(|entity| entity.id).collect();
    assert!(open.len() <= OPEN_AT_MOST, "{} stand open: {open:?}", open.len());
    assert!(open.iter().all(|id| !lines.contains(id)));
    for id in ["lead", "account", "contact", "opportunity", "contract", "payment", "ticket", "renewal", "task"] {
        assert!(open.contains(&EntityId::new(id)), "{id} is needed every day");
    }
    // Whatever is line of something is owned by it, or it would outlive what it belongs to.
    for entity in entities.values() {
        for field in &entity.fields {
            if let FieldKind::Lines { entity: of, via } = field.kind {
                let link = entities[&of].field(via).and_then(|field| field.link()).expect("a link");
                assert!(link.owned, "{of}.{via}");
            }
        }
    }
}

#[test]
fn every_list_of_related_records_has_a_name_of_its_own() {
    let entities = entities();
    for to in entities.values() {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for from in entities.values() {
            for field in from.link_fields() {
                let Some(target) = field.link().filter(|target| target.to.contains(&to.id)) else { continue };
                let Some(inverse) = &target.inverse else { continue };
                let place = format!("{}.{}", from.id, field.id);
                for name in BTreeSet::from([inverse.zh.clone(), inverse.en.to_lowercase()]) {
                    if let Some(other) = names.insert(name.clone(), place.clone()) {
                        panic!("{}: “{name}” is the list of {other} and of {place}", to.id);
                    }
                }
            }
        }
    }
}

#[test]
fn entities_have_names_of_their_own() {
    let mut names: BTreeMap<String, EntityId> = BTreeMap::new();
    for entity in entities().into_values() {
        let Entity { id, label, plural, .. } = entity;
        for name in [id.as_str(), &label.zh, &label.en, &plural.zh, &plural.en] {
            let other = *names.entry(name.to_lowercase()).or_insert(id);
            assert_eq!(other, id, "{name} means two entities");
        }
    }
}

#[test]
fn options_that_work_moves_through_are_told_apart_by_colour() {
    for entity in entities().values() {
        for field in &entity.fields {
            let moves = field.options().iter().any(|option| option.ended.is_some());
            assert!(!moves || field.options().iter().all(|option| option.hue.is_some()), "{}.{}", entity.id, field.id);
        }
    }
}

#[test]
fn what_speaks_of_options_elsewhere_speaks_of_real_ones() {
    let pack = consultancy();
    let entities = entities();
    let check = |kind: &str, column: &str, entity: &str, field: &str| {
        let described = pack.records.iter().filter(|record| record.entity.as_str() == kind);
        let codes: BTreeSet<String> = described
            .filter_map(|record| record.values.iter().find(|(id, _)| id.as_str() == column))
            .filter_map(|(_, code)| code.as_str().map(str::to_owned))
            .collect();
        let options = entities[&EntityId::new(entity)].fields.iter().find(|it| it.id.as_str() == field);
        let options = options.expect("the field").options().iter().map(|option| option.id.as_str().to_owned());
        assert_eq!(codes, options.collect::<BTreeSet<String>>(), "{kind} and {entity}.{field}");
    };
    check("role", "code", "user", "role");
    check("stage", "code", "opportunity", "stage");
}

#[test]
fn three_lifecycles_are_ready_and_their_stages_correspond() {
    let pack = consultancy();
    let stages: Vec<_> = pack.records.iter().filter(|record| record.entity.as_str() == "lifecycle_stage").collect();
    let value = |record: &perennial::engine::pack::PlainRecord, id: &str| {
        record.values.iter().find(|(field, _)| field.as_str() == id).map(|(_, json)| json.clone()).unwrap_or_default()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for stage in &stages {
        *counts.entry(value(stage, "lifecycle").to_string()).or_default() += 1;
        for other in value(stage, "equals").as_array().into_iter().flatten().filter_map(|name| name.as_str()) {
            pairs.insert((RecordId::named(&stage.name), RecordId::named(other)));
        }
    }
    assert_eq!(counts.into_values().collect::<Vec<_>>(), [5, 4, 5]);
    assert!(pairs.iter().all(|(one, other)| pairs.contains(&(*other, *one))), "a stage corresponds both ways");
}
