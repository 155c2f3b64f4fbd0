//! The sample's service and loyalty hold together: times run forward, what ended says when, and referrals lead to deals.

use perennial::engine::pack::SeedRecord;
use perennial::model::time::Instant;
use perennial::model::value::Value;

use super::calendar;
use super::money::{Books, date, link, option, value};

fn instant(record: &SeedRecord, field: &str) -> Option<Instant> {
    match value(record, field) {
        Value::Instant(at) => Some(*at),
        _ => None,
    }
}

#[test]
fn tickets_run_forward_and_belong_to_customers() {
    let books = Books::open();
    let contracts = books.by("contract", "account");
    for ticket in books.of("ticket") {
        let account = link(ticket, "account").expect("an account");
        assert!(contracts.contains_key(&account), "{} is of a customer", ticket.id);
        if let Some(contact) = books.linked(ticket, "contact") {
            assert_eq!(link(contact, "account"), Some(account));
        }
        let times = ["opened_at", "first_response", "resolved_at", "closed_at"].map(|field| instant(ticket, field));
        let known: Vec<Instant> = times.iter().flatten().copied().collect();
        assert!(known.is_sorted(), "{}: {known:?}", ticket.id);
        let status = option(ticket, "status");
        assert_eq!(matches!(status, "resolved" | "closed"), times[2].is_some());
        assert_eq!(status == "closed", times[3].is_some());
        assert!(value(ticket, "satisfaction").is_empty() || status == "closed");
        let sla = books.of("sla_policy").find(|policy| Some(policy.id) == link(ticket, "sla")).expect("a policy");
        assert_eq!(option(sla, "priority"), option(ticket, "priority"));
    }
}

#[test]
fn surveys_have_no_more_answers_than_were_asked() {
    let books = Books::open();
    let responses = books.by("response", "survey");
    for survey in books.of("survey") {
        let answered = responses.get(&survey.id).map_or(0, Vec::len);
        let Value::Number(sent) = value(survey, "sent") else {
            assert_eq!(answered, 0);
            continue;
        };
        assert!(rust_decimal::Decimal::from(answered) <= *sent);
        for response in responses.get(&survey.id).into_iter().flatten() {
            let is_nps = option(survey, "kind") == "nps";
            assert_eq!(is_nps, !value(response, "nps").is_empty(), "{}", response.id);
        }
    }
}

#[test]
fn what_has_ended_says_when() {
    let books = Books::open();
    let today = calendar().today;
    for (entity, field, over, day) in [
        ("project", "status", "done", "finished_on"),
        ("project_milestone", "status", "done", "done_on"),
        ("onboarding_plan", "status", "done", "done_on"),
        ("onboarding_step", "status", "done", "done_on"),
        ("quote", "status", "accepted", "answered_on"),
        ("coupon", "status", "used", "used_on"),
        ("reward", "status", "granted", "granted_on"),
    ] {
        for record in books.of(entity) {
            assert_eq!(option(record, field) == over, date(record, day).is_some(), "{entity} {}", record.id);
            assert!(date(record, day).is_none_or(|day| day < today), "{entity} {} ends in the future", record.id);
        }
    }
}

#[test]
fn referrals_lead_to_deals_and_deals_to_rewards() {
    let books = Books::open();
    let rewards = books.by("reward", "referral");
    for referral in books.of("referral") {
        let status = option(referral, "status");
        assert!(link(referral, "referrer").is_some() && link(referral, "referrer") != link(referral, "account"));
        let is_signed = matches!(status, "signed" | "rewarded");
        assert_eq!(is_signed, date(referral, "signed_on").is_some());
        if let Some(opportunity) = books.linked(referral, "opportunity") {
            assert!(!is_signed || option(opportunity, "stage") == "won");
            assert_eq!(link(opportunity, "account"), link(referral, "account"));
            assert_eq!(option(opportunity, "source"), "referral");
        }
        let granted = rewards.get(&referral.id).into_iter().flatten().filter(|it| option(it, "status") == "granted");
        assert_eq!(status == "rewarded", granted.count() == 2, "{}", referral.id);
        assert!(is_signed || !rewards.contains_key(&referral.id));
    }
}

#[test]
fn stage_history_ends_where_the_opportunity_stands() {
    let books = Books::open();
    for (opportunity, steps) in books.by("stage_change", "opportunity") {
        let opportunity = books.of("opportunity").find(|record| record.id == opportunity).expect("an opportunity");
        assert_eq!(steps.last().map(|step| option(step, "to")), Some(option(opportunity, "stage")));
        for pair in steps.windows(2) {
            assert_eq!(option(pair[0], "to"), option(pair[1], "from"));
            assert!(instant(pair[0], "at") <= instant(pair[1], "at"), "{}", opportunity.id);
        }
    }
}

#[test]
fn health_is_lost_and_won_back_for_the_figures_of_the_source() {
    let books = Books::open();
    let points = |kind: &'static str| {
        let of_kind = books.of("health_event").filter(move |event| option(event, "kind") == kind);
        of_kind.map(|event| value(event, "points").clone()).collect::<Vec<Value>>()
    };
    assert!(points("ticket").iter().all(|points| *points == Value::Number((-5).into())));
    assert!(points("review").iter().all(|points| *points == Value::Number((-20).into())));
    assert!(points("contact").iter().all(|points| *points == Value::Number((-10).into())));
    assert!(!points("recovery").is_empty());
}
