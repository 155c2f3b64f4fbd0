//! The sample's money adds up: what was won was signed, what was signed is asked for, and nothing is paid twice.

use std::collections::BTreeMap;

use perennial::engine::pack::SeedRecord;
use perennial::model::id::{FieldId, RecordId};
use perennial::model::time::Date;
use perennial::model::value::{Money, Value};
use rust_decimal::Decimal;

use super::calendar;
use super::sample::seeds;

/// The sample, record by record, with short ways to ask.
pub(super) struct Books {
    records: Vec<SeedRecord>,
    places: BTreeMap<RecordId, usize>,
}

impl Books {
    pub(super) fn open() -> Self {
        let records = seeds();
        let places = records.iter().enumerate().map(|(at, record)| (record.id, at)).collect();
        Books { records, places }
    }

    pub(super) fn of(&self, entity: &'static str) -> impl Iterator<Item = &SeedRecord> {
        self.records.iter().filter(move |record| record.entity.as_str() == entity)
    }

    pub(super) fn linked(&self, record: &SeedRecord, field: &str) -> Option<&SeedRecord> {
        let id = link(record, field)?;
        self.places.get(&id).map(|at| &self.records[*at])
    }

    /// The records of an entity that point at each record by a field.
    pub(super) fn by(&self, entity: &'static str, field: &str) -> BTreeMap<RecordId, Vec<&SeedRecord>> {
        let mut found: BTreeMap<RecordId, Vec<&SeedRecord>> = BTreeMap::new();
        for record in self.of(entity) {
            if let Some(id) = link(record, field) {
                found.entry(id).or_default().push(record);
            }
        }
        found
    }
}

pub(super) fn value<'a>(record: &'a SeedRecord, field: &str) -> &'a Value {
    record.values.get(FieldId::new(field))
}

pub(super) fn option<'a>(record: &'a SeedRecord, field: &str) -> &'a str {
    value(record, field).options().first().map_or("", |option| option.as_str())
}

pub(super) fn link(record: &SeedRecord, field: &str) -> Option<RecordId> {
    value(record, field).links().first().copied()
}

pub(super) fn date(record: &SeedRecord, field: &str) -> Option<Date> {
    match value(record, field) {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn amount(record: &SeedRecord, field: &str) -> Decimal {
    match value(record, field) {
        Value::Money(Money { amount, .. }) => *amount,
        Value::Empty => Decimal::ZERO,
        other => panic!("{other:?} is no amount"),
    }
}

fn sum<'a>(records: impl IntoIterator<Item = &'a &'a SeedRecord>) -> Decimal {
    records.into_iter().map(|record| amount(record, "amount")).sum()
}

#[test]
fn every_won_opportunity_has_its_contract_and_no_other_has_one() {
    let books = Books::open();
    let contracts = books.by("contract", "opportunity");
    for opportunity in books.of("opportunity") {
        let found = contracts.get(&opportunity.id).map_or(&[][..], Vec::as_slice);
        let is_won = option(opportunity, "stage") == "won";
        assert_eq!(found.len(), usize::from(is_won), "{}", opportunity.id);
        for contract in found {
            assert_eq!(amount(contract, "amount"), amount(opportunity, "amount"));
            assert_eq!(link(contract, "account"), link(opportunity, "account"));
            assert_eq!(link(contract, "owner"), link(opportunity, "owner"));
            assert!(date(contract, "signed_on").is_none_or(|signed| Some(signed) >= date(opportunity, "closed_on")));
            if let Some(quote) = books.linked(contract, "quote") {
                assert_eq!((link(quote, "opportunity"), option(quote, "status")), (Some(opportunity.id), "accepted"));
            }
        }
    }
}

#[test]
fn quotes_add_up_to_what_they_are_for() {
    let books = Books::open();
    let lines = books.by("quote_line", "quote");
    for quote in books.of("quote") {
        let total: Decimal = lines[&quote.id]
            .iter()
            .map(|line| {
                let Value::Number(quantity) = value(line, "quantity") else { panic!("no quantity") };
                amount(line, "price") * quantity
            })
            .sum();
        let opportunity = books.linked(quote, "opportunity").expect("an opportunity");
        let difference = total - amount(opportunity, "amount");
        assert!(difference.abs() < Decimal::ONE, "{}: {total}", quote.id);
    }
}

#[test]
fn instalments_add_up_to_their_contract() {
    let books = Books::open();
    let plans = books.by("payment_plan", "contract");
    for contract in books.of("contract") {
        let plans = &plans[&contract.id];
        assert_eq!(sum(plans), amount(contract, "amount"), "{}", contract.id);
        let shares: Decimal = plans.iter().map(|plan| decimal(value(plan, "share"))).sum();
        assert_eq!(shares, Decimal::ONE_HUNDRED);
        for (at, plan) in plans.iter().enumerate() {
            assert_eq!(value(plan, "position"), &Value::Number(Decimal::from(at + 1)));
            assert_eq!(link(plan, "account"), link(contract, "account"));
        }
        assert!(date(contract, "starts") < date(contract, "ends"));
        let is_signed = !matches!(option(contract, "status"), "draft" | "approval" | "signing");
        assert_eq!(is_signed, date(contract, "signed_on").is_some());
        assert!(date(contract, "signed_on").is_none_or(|signed| signed < calendar().today));
    }
}

#[test]
fn nothing_is_paid_twice_or_before_it_is_signed() {
    let books = Books::open();
    let payments = books.by("payment", "plan");
    let invoices = books.by("invoice", "plan");
    for plan in books.of("payment_plan") {
        let paid = payments.get(&plan.id).map_or(Decimal::ZERO, sum);
        let invoiced = invoices.get(&plan.id).map_or(Decimal::ZERO, sum);
        assert!(paid <= amount(plan, "amount"), "{}: {paid}", plan.id);
        assert!(invoiced <= amount(plan, "amount"), "{}: {invoiced}", plan.id);
        let contract = books.linked(plan, "contract").expect("a contract");
        if option(contract, "status") == "completed" {
            assert_eq!(paid, amount(plan, "amount"), "{}", plan.id);
        }
    }
    for payment in books.of("payment") {
        let plan = books.linked(payment, "plan").expect("an instalment");
        let contract = books.linked(plan, "contract").expect("a contract");
        assert_eq!(link(payment, "contract"), Some(contract.id));
        assert_eq!(link(payment, "account"), link(contract, "account"));
        let paid = date(payment, "paid_on").expect("a day");
        assert!(Some(paid) >= date(contract, "signed_on") && paid < calendar().today);
        assert_eq!(option(payment, "status") == "confirmed", link(payment, "confirmed_by").is_some());
        if let Some(invoice) = books.linked(payment, "invoice") {
            assert_eq!(link(invoice, "plan"), Some(plan.id));
        }
    }
    for invoice in books.of("invoice") {
        let is_issued = option(invoice, "status") != "requested";
        assert_eq!(is_issued, date(invoice, "issued_on").is_some());
        assert_eq!(is_issued, !value(invoice, "number").is_empty());
    }
    let unpaid = books.of("payment_plan").filter(|plan| date(plan, "due") < Some(calendar().today));
    let late = unpaid.filter(|plan| payments.get(&plan.id).map_or(Decimal::ZERO, sum) < amount(plan, "amount"));
    assert!((10..90).contains(&late.count()), "some customers pay late, most do not");
}

#[test]
fn renewals_follow_the_end_of_contracts() {
    let books = Books::open();
    let churn = books.by("churn", "contract");
    let mut stages: BTreeMap<&str, usize> = BTreeMap::new();
    for renewal in books.of("renewal") {
        let contract = books.linked(renewal, "contract").expect("a contract");
        let stage = option(renewal, "stage");
        *stages.entry(stage).or_default() += 1;
        assert_eq!(date(renewal, "due"), date(contract, "ends"));
        assert_eq!(amount(renewal, "amount"), amount(contract, "amount"));
        assert_eq!(link(renewal, "account"), link(contract, "account"));
        assert_eq!(matches!(stage, "renewed" | "lost"), date(renewal, "closed_on").is_some());
        assert_eq!(stage == "lost", !value(renewal, "lost_reason").is_empty());
        assert_eq!(stage == "lost", churn.contains_key(&contract.id), "{}", renewal.id);
        let next = books.linked(renewal, "next_contract");
        assert_eq!(stage == "renewed", next.is_some());
        if let Some(next) = next {
            assert_eq!(amount(next, "amount"), amount(renewal, "renewed_amount"));
            assert_eq!((link(next, "previous"), option(next, "kind")), (Some(contract.id), "renewal"));
            assert!(date(next, "starts") > date(contract, "ends"));
        }
    }
    let renewed = books.of("contract").filter(|contract| option(contract, "kind") == "renewal");
    assert_eq!(renewed.count(), stages["renewed"]);
    assert!(stages["renewed"] > stages["lost"] && stages.len() > 3, "{stages:?}");
}

#[test]
fn shares_of_performance_add_up_to_all_of_it() {
    let books = Books::open();
    for (contract, splits) in books.by("performance_split", "contract") {
        let total: Decimal = splits.iter().map(|split| decimal(value(split, "share"))).sum();
        assert_eq!(total, Decimal::ONE_HUNDRED, "{contract}");
    }
}

#[test]
fn campaigns_cost_what_their_costs_come_to() {
    let books = Books::open();
    for (campaign, costs) in books.by("campaign_cost", "campaign") {
        let campaign = books.of("campaign").find(|record| record.id == campaign).expect("a campaign");
        assert_eq!(sum(&costs), amount(campaign, "cost"), "{}", campaign.id);
    }
}

fn decimal(value: &Value) -> Decimal {
    match value {
        Value::Number(number) => *number,
        other => panic!("{other:?} is no number"),
    }
}
