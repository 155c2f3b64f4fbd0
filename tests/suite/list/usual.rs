//! What stands below a column until somebody chooses otherwise.

use perennial::engine::list;
use perennial::model::field::Field;
use perennial::model::view::Total;
use serde_json::json;

#[track_caller]
fn check(field: serde_json::Value, expected: Total) {
    let mut whole = json!({ "id": "it", "label": { "en": "It" } });
    whole.as_object_mut().unwrap().extend(field.as_object().unwrap().clone());
    let read: Field = serde_json::from_value(whole).unwrap();
    assert_eq!(list::usual_total(&read), expected, "{field}");
}

#[test]
fn amounts_are_summed_and_figures_per_something_are_not() {
    let formula = |text: &str| json!({ "kind": "formula", "formula": text, "result": "money" });
    check(json!({ "kind": "money" }), Total::Sum);
    check(json!({ "kind": "percent" }), Total::Average);
    check(json!({ "kind": "text" }), Total::None);
    check(formula("quantity*price*(1-discount/100)"), Total::Sum);
    check(formula("amount-amount/(1+tax_rate/100)"), Total::Sum);
    check(formula("(ends-starts)/30.4375"), Total::Sum);
    check(formula("IFERROR(ROUND(cost/leads,2),NA())"), Total::Average);
    check(formula("IF(count=0,0,(promoters-detractors)/count*100)"), Total::Average);
    check(formula("(price-cost)/price"), Total::Average);
}
