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

#[test]
fn a_column_is_cleaned_before_it_is_read() {
    let mut state = pipeline();
    let text = "number,stage,amount,close_date\nD1,Closed Won,\"1.234,50\",22/11/2026\nD2,On Hold,7,03/04/2026\nD3,,n/a,11/22/2026\nD4,Odd,1,\n";
    let mut mapping = suggested(&state, "deal", text);
    let steps = json!([
        { "do": "translate", "words": [
            { "from": "closed won", "to": "won" }, { "from": "On hold", "to": "On Hold", "is_new": true },
        ] },
        { "do": "default", "text": "Prospecting" },
    ]);
    mapping.columns[1].clean = serde_json::from_value(steps).unwrap();
    mapping.reading =
        Reading { dates: Some(DateOrder::DayFirst), decimals: Some(DecimalMark::Comma), ..Reading::default() };
    // What is remembered is read back as it was.
    let kept: Mapping = serde_json::from_value(serde_json::to_value(&mapping).unwrap()).unwrap();
    assert_eq!(kept, mapping);
    let found = run(&mut state, mapping, text, &mut 0);
    let wrong: Vec<(u64, Code)> = found.rejected.iter().map(|wrong| (wrong.row, wrong.diagnostic.code)).collect();
    assert_eq!(wrong, [(4, Code::NotADate), (5, Code::NotAnOption)]);
    let deals: Vec<(String, String, String)> = found
        .created
        .iter()
        .map(|id| {
            let record = state.record(*id).unwrap();
            let shown = |field: &str| {
                let field = state.entity(EntityId::new("deal")).unwrap().field(FieldId::new(field)).unwrap().clone();
                let settings =
                    ShowSettings { language: Language::En, currency: Currency::new("USD"), zone: Zone::fixed(0) };
                form::show(&field, record.value(field.id), &settings, &|_| String::new())
            };
            (shown("stage"), shown("amount"), shown("close_date"))
        })
        .collect();
    let expected = [("Won", "1234.50", "2026-11-22"), ("On Hold", "7", "2026-04-03")];
    assert_eq!(deals, expected.map(|(stage, amount, date)| (stage.into(), amount.into(), date.into())));
}
