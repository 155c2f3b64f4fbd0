//! Cleaning and reading, by cases as text: `tests/data/import/{clean,reading,decimal}.csv`.

use perennial::engine::transfer::{Cleaning, DateOrder, DecimalMark, Evidence, Reading, clean};

use super::*;

fn cases(text: &str) -> Vec<csv::StringRecord> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).quoting(false).delimiter(b';').from_reader(text.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn cells_are_cleaned() {
    let cases = cases(include_str!("../../data/import/clean.csv"));
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut failures = Vec::new();
    for case in &cases {
        let steps = format!("[{}]", case[0].replace("}+{", "},{"));
        let steps: Vec<Cleaning> = serde_json::from_str(&steps).unwrap_or_else(|error| panic!("{steps}: {error}"));
        let found = clean(&case[1], &steps);
        if found != case[2] {
            failures.push(format!("  {} on {:?}: expected {:?}, found {found:?}", &case[0], &case[1], &case[2]));
        }
        // What is clean stays so, but for replacing, which may find again what it has made.
        if !case[0].contains("replace") && !case[0].contains("rest") {
            assert_eq!(clean(&found, &steps), found, "twice: {}", &case[0]);
        }
    }
    assert!(failures.is_empty(), "{} cases fail\n{}", failures.len(), failures.join("\n"));
}

fn field(kind: &str) -> Field {
    serde_json::from_value(json!({ "id": "x", "label": { "en": "x" }, "kind": kind })).unwrap()
}

#[test]
fn dates_and_decimals_are_written_neutrally() {
    let date = field("date");
    for case in cases(include_str!("../../data/import/reading.csv")) {
        let orders = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];
        for (order, expected) in orders.into_iter().zip(case.iter().skip(2)) {
            let reading = Reading { dates: Some(order), ..Reading::default() };
            let found = reading.neutral(&date, &case[1]);
            assert_eq!(found.as_deref().unwrap_or("!"), expected, "{order:?} {}", &case[1]);
        }
    }
    let number = field("number");
    for case in cases(include_str!("../../data/import/decimal.csv")) {
        let reading = Reading { decimals: Some(DecimalMark::Comma), ..Reading::default() };
        assert_eq!(reading.neutral(&number, &case[0]).as_deref().unwrap_or("!"), &case[1], "{}", &case[0]);
    }
}

fn evidence(cells: &[&str]) -> Evidence {
    let mut evidence = Evidence::default();
    cells.iter().for_each(|cell| evidence.look_at(cell));
    evidence
}

#[test]
fn the_order_of_dates_is_told_by_those_that_fit_only_one() {
    let found = evidence(&["03/04/2026", "05/06/2026", "22/11/2026", "Ada", "17 rue"]);
    assert_eq!((found.dates, found.day_first, found.month_first), (3, 1, 0));
    assert_eq!(found.guess().dates, Some(DateOrder::DayFirst));
    assert_eq!(found.date_example, "22/11/2026");
    let open = evidence(&["03/04/2026", "05/06/2026"]);
    assert!(open.guess().dates.is_none() && open.is_order_open());
    let torn = evidence(&["22/11/2026", "11/22/2026"]);
    assert_eq!(torn.guess().dates, None);
    let plain = evidence(&["2016-10-20", "2017-03-01"]);
    assert_eq!((plain.guess().dates, plain.is_order_open()), (Some(DateOrder::YearFirst), false));
    assert_eq!(evidence(&["192.168.1.10", "1.2.3", "021-5588-1234"]).dates, 0);
}

#[test]
fn the_decimal_mark_and_the_currency_are_told_by_the_cells() {
    let german = evidence(&["1.234,56", "12,5", "1.234", "7"]);
    assert_eq!((german.comma, german.point, german.marked), (2, 0, 3));
    assert_eq!(german.guess().decimals, Some(DecimalMark::Comma));
    let english = evidence(&["1,234.56", "1100.04", "1,234"]);
    assert_eq!((english.guess().decimals, english.number_example.as_str()), (Some(DecimalMark::Point), "1,234.56"));
    let euros = evidence(&["€ 12,50", "13,00 EUR", "$5"]);
    assert_eq!(euros.guess().currency, Some(Currency::new("EUR")));
    assert_eq!(euros.currencies.len(), 2);
    assert_eq!(evidence(&["GTX 3.5", "Room 12, House B"]).marked, 0);
}
