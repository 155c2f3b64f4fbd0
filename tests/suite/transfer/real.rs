//! Imports of the shared real data, where it is there.

use std::path::PathBuf;

use rust_decimal::Decimal;

use super::*;

fn shared(path: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("left out: ../shared/data is not beside this checkout");
    }
    text
}

#[test]
fn the_b2b_pipeline_is_taken_in_whole() {
    let names = ["accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv"];
    let files: Option<Vec<String>> = names.iter().map(|name| shared(&format!("b2b-pipeline/{name}"))).collect();
    let Some(files) = files else { return };
    let mut state = pipeline();
    let mut next = 0;
    let counts = [("account", 85), ("product", 7), ("person", 35), ("deal", 6_711)];
    let mut notes = 0;
    for ((entity, count), text) in counts.iter().zip(&files) {
        let mut mapping = suggested(&state, entity, text);
        mapping.unknown_options = UnknownOption::Add;
        if *entity == "person" {
            mapping.unknown_links = UnknownLink::Create;
        }
        let outcome = run(&mut state, mapping, text, &mut next);
        assert_eq!((outcome.created.len(), outcome.rejected.len()), (*count, 0), "{:?}", outcome.rejected.first());
        notes += outcome.notes.len();
    }
    let deals: Vec<&Record> =
        state.member_ids(EntityId::new("deal")).iter().map(|id| state.record(*id).unwrap()).collect();
    let at = |stage: &str| {
        deals.iter().filter(|deal| deal.value(FieldId::new("stage")) == &Value::Choice(OptionId::new(stage))).count()
    };
    assert_eq!((at("won"), at("lost")), (4_238, 2_473));
    let won: Decimal = deals
        .iter()
        .filter(|deal| deal.value(FieldId::new("stage")) == &Value::Choice(OptionId::new("won")))
        .filter_map(|deal| deal.value(FieldId::new("amount")).as_number())
        .sum();
    assert_eq!(won, Decimal::from(10_005_534));
    for field in ["product", "account", "owner"] {
        assert!(deals.iter().all(|deal| !deal.value(FieldId::new(field)).is_empty()), "{field}");
    }
    let misspelt = files[3].matches(",GTXPro,").count();
    assert_eq!(notes, misspelt);
    let managed = state
        .member_ids(EntityId::new("person"))
        .iter()
        .filter(|id| !state.record(**id).unwrap().value(FieldId::new("manager")).is_empty());
    assert_eq!(managed.count(), 35);
    let parents = state
        .member_ids(EntityId::new("account"))
        .iter()
        .filter(|id| !state.record(**id).unwrap().value(FieldId::new("parent")).is_empty())
        .count();
    let subsidiaries = files[0].lines().skip(1).filter(|line| !line.ends_with(',')).count();
    assert_eq!(parents, subsidiaries);
}

#[test]
fn the_education_leads_are_accounted_for_one_by_one() {
    let Some(text) = shared("education-leads/leads.csv") else {
        return;
    };
    let mut state = State::new();
    let lead = entity(
        "lead",
        "number",
        json!({
            "number": {"kind": "text", "unique": true}, "origin": options(&[]), "source": options(&[]), "do_not_email": "flag", "converted": "flag",
            "total_visits": "number", "time_on_website": "number", "page_views": "number", "last_activity": options(&[]), "country": "text", "specialization": options(&[]), "occupation": options(&[]), "city": "text", "tags": {"kind": "choices", "options": [], "open": true}, "quality": options(&[])
        }),
    );
    state.define(Definition::entity_id(lead.id), Some(Definition::Entity(Arc::new(lead))));
    let mut mapping = suggested(&state, "lead", &text);
    mapping.unknown_options = UnknownOption::Add;
    let outcome = run(&mut state, mapping, &text, &mut 0);
    assert_eq!(outcome.rejected.first(), None);
    assert_eq!(outcome.created.len(), 9_240);
    let leads: Vec<&Record> = outcome.created.iter().map(|id| state.record(*id).unwrap()).collect();
    let converted = leads.iter().filter(|lead| lead.value(FieldId::new("converted")) == &Value::Flag(true)).count();
    assert_eq!(converted, 3_561);
    assert!(leads.iter().flat_map(|lead| lead.values.iter()).all(|(_, value)| value.as_text() != Some("Select")));
}
