//! Tables of line items in forms: rows, their checks and sums, and what reads them.

use super::*;
use rust_decimal::Decimal;

fn items(more: Json) -> Json {
    let mut item = json!({
        "id": "items", "kind": "lines", "field": "items", "sums": ["amount", "quantity"],
        "columns": [{ "field": "product" }, { "field": "quantity" }, { "field": "price", "required": true }, { "field": "rebate" }, { "field": "amount" }]
    });
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    item
}

impl Attempt<'_> {
    fn type_line(&mut self, line: usize, column: &str, text: &str) {
        let (around, settings) = (self.bench.around(), self.bench.settings());
        self.filling.type_into_line(field("items"), line, field(column), text, &settings, &around);
    }

    fn add(&mut self) {
        let around = self.bench.around();
        self.filling.add_line(field("items"), &around);
    }

    fn sums(&self) -> Vec<Value> {
        let lines = self.filling.lines(field("items")).unwrap();
        lines.sums.iter().map(|(_, sum)| sum.clone()).collect()
    }

    fn line_wrong(&self, line: usize) -> Vec<(&'static str, Code)> {
        let lines = self.filling.lines(field("items")).unwrap();
        lines.lines[line].problems.iter().map(|it| (it.at.field.unwrap().as_str(), it.code)).collect()
    }
}

#[test]
fn lines_are_computed_added_up_and_seen_by_formulas_of_the_form() {
    let bench = Bench::new();
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({})),
        items(json!({})),
        ask("total", json!({})),
        ask("note", json!({ "visible": { "formula": "SUM(items[amount])>100" } })),
        ask("title", json!({ "computed": "COUNT(items[quantity]) & \" items\"" }))
    ])));
    attempt.type_text("name", "Ann");
    attempt.add();
    assert_eq!(attempt.line_wrong(0), [], "a line that nobody has touched is not asked for anything");
    attempt.type_line(0, "product", "Chair");
    assert_eq!(attempt.line_wrong(0), [("price", Code::MissingRequired)]);
    attempt.type_line(0, "price", "40");
    assert_eq!(attempt.sums(), [Value::integer(40), Value::integer(1)], "a default counts");
    assert!(!attempt.is_shown("note"));
    attempt.add();
    attempt.type_line(1, "product", "Table");
    attempt.type_line(1, "price", "62.5");
    attempt.type_line(1, "quantity", "2");
    assert_eq!(attempt.sums(), [Value::Number(Decimal::new(1650, 1)), Value::integer(3)]);
    assert_eq!(attempt.value("total"), Value::Number(Decimal::new(1650, 1)));
    assert_eq!(attempt.value("title"), Value::text("2 items"));
    assert!(attempt.is_shown("note"));
    attempt.type_line(1, "rebate", "70");
    assert_eq!(attempt.line_wrong(1), [("rebate", Code::CheckFailed)]);
    assert!(!attempt.filling.may_submit());
    let around = bench.around();
    attempt.filling.move_line(field("items"), 1, 0, &around);
    assert_eq!(attempt.line_wrong(0).len(), 1);
    attempt.filling.remove_line(field("items"), 0, &around);
    assert!(!attempt.is_shown("note"));
    assert!(attempt.filling.may_submit());
    assert_eq!(attempt.sent().lines(field("items")).len(), 1);
}

#[test]
fn there_may_be_too_few_lines_or_too_many_and_hidden_ones_are_not_sent() {
    let bench = Bench::new();
    let shown = json!({ "field": "kind", "is": "not_equals", "value": "support" });
    let mut attempt = bench.fill(page(json!([
        ask("name", json!({})),
        ask("kind", json!({})),
        items(json!({ "least": 1, "most": 2, "visible": shown })),
        ask("total", json!({}))
    ])));
    attempt.type_text("name", "Ann");
    assert_eq!(attempt.all_wrong(), [(Some("items".to_owned()), Code::TooFewLines)]);
    for line in 0..3 {
        attempt.add();
        attempt.type_line(line, "product", "Chair");
        attempt.type_line(line, "price", "1");
    }
    let lines = attempt.filling.lines(field("items")).unwrap();
    assert_eq!((lines.lines.len(), lines.may_add), (2, false));
    assert_eq!(attempt.value("total"), Value::integer(2));
    attempt.type_text("kind", "support");
    assert_eq!((attempt.value("total"), attempt.sent().lines.len()), (Value::Empty, 0));
    attempt.type_line(0, "price", "x");
    assert!(attempt.filling.may_submit());
}
