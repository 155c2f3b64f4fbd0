//! The sample is as large as promised, resolves to the last link and does not contradict itself.

use std::collections::{BTreeMap, BTreeSet};

use perennial::engine::pack::{self, Sample, SeedRecord};
use perennial::model::field::FieldKind;
use perennial::model::id::{FieldId, RecordId};
use perennial::model::time::Instant;

use super::{calendar, consultancy, defined, entity};

const SAMPLE: &str = include_str!("../../../public/pack/consultancy-sample.json");

#[test]
fn the_sample_is_as_large_as_promised() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in seeds() {
        *counts.entry(seed.entity.as_str()).or_default() += 1;
    }
    let expected = [
        ("account", 300),
        ("activity", 1200),
        ("campaign", 10),
        ("contact", 520),
        ("event", 3500),
        ("lead", 1500),
        ("opportunity", 420),
        ("product", 12),
        ("task", 400),
        ("team", 6),
        ("user", 18),
    ];
    for (entity, count) in expected {
        assert_eq!(counts[entity], count, "{entity}");
    }
    assert!(counts["opportunity_line"] > 300 && counts["notification"] > 5);
    for (entity, least) in
        [("contract", 150), ("payment_plan", 400), ("payment", 300), ("invoice", 250), ("ticket", 180)]
            .into_iter()
            .chain([("response", 150), ("referral", 60), ("renewal", 30), ("onboarding_plan", 20), ("partner", 8)])
            .chain([("project", 80), ("quote", 80), ("stage_change", 400), ("health_event", 40), ("reward", 30)])
    {
        assert!(counts[entity] >= least, "{entity}: {}", counts[entity]);
    }
    let whole: usize = counts.values().sum();
    assert!(whole < 12_600, "{whole} records take their time to be put in");
    assert!(SAMPLE.len() < 1_900_000, "{} bytes", SAMPLE.len());
}

#[test]
fn the_sample_is_consistent() {
    let pack = consultancy();
    let state = defined(&pack);
    let seeds = seeds();
    let value = |seed: &SeedRecord, id: &str| seed.values.get(FieldId::new(id)).clone();
    let today = Instant::from_local(calendar().today.and_hms_opt(0, 0, 0).expect("midnight"), calendar().zone);
    let ids: BTreeMap<RecordId, &SeedRecord> = seeds.iter().map(|seed| (seed.id, seed)).collect();
    let mut stages = BTreeSet::new();
    let mut statuses = BTreeSet::new();
    for seed in &seeds {
        assert!(seed.created.is_some_and(|created| created < today), "{:?}", seed);
        let entity = entity(&state, seed.entity.as_str());
        let title = entity.field(entity.title).expect("a title");
        let is_given = title.is_computed() || matches!(title.kind, FieldKind::AutoNumber { .. });
        assert!(is_given || !seed.values.get(entity.title).is_empty(), "{}", seed.id);
        for field in &entity.fields {
            assert!(!field.required || !seed.values.get(field.id).is_empty(), "{} without {}", seed.id, field.id);
            if let (FieldKind::Choices { .. }, options) = (&field.kind, seed.values.get(field.id).options()) {
                assert!(options.iter().all(|option| field.option(*option).is_some()));
            }
        }
        match seed.entity.as_str() {
            "opportunity" => {
                stages.extend(value(seed, "stage").options().to_vec());
                let ended = value(seed, "closed_on");
                let is_over = matches!(value(seed, "stage").options()[0].as_str(), "won" | "lost");
                assert_eq!(is_over, !ended.is_empty());
                assert!(!is_over || ended.compare(&value(seed, "engaged")).is_ge());
                assert_eq!(
                    value(seed, "stage").options()[0].as_str() == "lost",
                    !value(seed, "lost_reason").is_empty()
                );
            }
            "lead" => {
                let status = value(seed, "status").options()[0];
                statuses.insert(status);
                assert_eq!(status.as_str() == "converted", !value(seed, "account").is_empty(), "{}", seed.id);
                assert_eq!(status.as_str() == "invalid", !value(seed, "invalid_reason").is_empty());
                if let Some(opportunity) = value(seed, "opportunity").links().first().and_then(|id| ids.get(id)) {
                    assert_eq!(value(opportunity, "account"), value(seed, "account"));
                    assert!(
                        opportunity.created >= seed.created
                            || opportunity.created > seed.created.map(|at| at.plus_millis(-86_400_000))
                    );
                }
            }
            _ => {}
        }
    }
    assert_eq!(stages.len(), 6);
    assert_eq!(statuses.len(), 7);
}

pub(super) fn seeds() -> Vec<SeedRecord> {
    let pack = consultancy();
    let sample = sample();
    assert_eq!(sample.pack, pack.id);
    let all = pack.records.iter().chain(&sample.records);
    pack::records(all, &defined(&pack), calendar())
        .unwrap_or_else(|wrong| panic!("{:#?}", &wrong[..wrong.len().min(9)]))
}

fn sample() -> Sample {
    pack::parse_sample(SAMPLE).expect("the sample reads")
}
