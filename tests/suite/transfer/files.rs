//! Several files at once: what they become, how they name each other, and in which order they come in.

use perennial::engine::pack;
use perennial::engine::transfer::{
    Clue, Contents, FileLink, MappedSheet, SheetView, contents, links, named_elsewhere, order, preset, recognise,
    suggest_among,
};

use super::*;

struct File {
    name: &'static str,
    headers: csv::StringRecord,
    samples: Vec<csv::StringRecord>,
    contents: Contents,
}

fn file(name: &'static str, text: &str) -> File {
    let separator = transfer::sniff(text).separator;
    let mut rows = transfer::rows(text, separator).map(Result::unwrap);
    let headers = rows.next().unwrap().cells;
    File { name, headers, samples: rows.take(50).map(|row| row.cells).collect(), contents: contents(text, separator) }
}

fn consultancy() -> State {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("public/pack/consultancy.json");
    let pack = pack::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut state = State::new();
    for definition in pack.definitions {
        state.define(definition.id(), Some(definition));
    }
    state
}

fn recognised(state: &State, files: &[File]) -> Vec<Option<(String, Clue)>> {
    let views: Vec<SheetView> = files
        .iter()
        .map(|file| SheetView { name: file.name, headers: &file.headers, contents: &file.contents })
        .collect();
    let found = recognise(state, &views);
    found.into_iter().map(|found| found.map(|found| (found.entity.to_string(), found.clue))).collect()
}

fn mapped(state: &State, files: &[File], entities: &[&str]) -> Vec<Mapping> {
    let suggest = |at: usize, elsewhere: &transfer::NamedElsewhere| {
        let entity = state.entity(EntityId::new(entities[at])).unwrap();
        suggest_among(state, entity, &files[at].headers, &files[at].samples, &read, elsewhere)
    };
    let first: Vec<Mapping> = (0..files.len()).map(|at| suggest(at, &transfer::NamedElsewhere::default())).collect();
    let again = |at: usize| {
        let others = first.iter().zip(files).enumerate().filter(|(other, _)| *other != at);
        let others: Vec<MappedSheet> =
            others.map(|(_, (mapping, file))| MappedSheet { mapping, contents: &file.contents }).collect();
        suggest(at, &named_elsewhere(state, &others))
    };
    (0..files.len()).map(again).collect()
}

fn tied(state: &State, files: &[File], mappings: &[Mapping]) -> Vec<FileLink> {
    let sheets: Vec<Option<MappedSheet>> = mappings
        .iter()
        .zip(files)
        .map(|(mapping, file)| Some(MappedSheet { mapping, contents: &file.contents }))
        .collect();
    links(state, &sheets)
}

#[test]
fn the_four_files_of_the_pipeline_are_recognised_and_tied_together() {
    let names = ["sales_pipeline.csv", "accounts.csv", "products.csv", "sales_teams.csv"];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/b2b-pipeline");
    let Ok(texts) = names.iter().map(|name| std::fs::read_to_string(folder.join(name))).collect::<Result<Vec<_>, _>>()
    else {
        return;
    };
    let state = consultancy();
    let files: Vec<File> = names.iter().zip(&texts).map(|(name, text)| file(name, text)).collect();
    let found = recognised(&state, &files);
    let entities: Vec<&str> = found.iter().map(|found| found.as_ref().map_or("", |(entity, _)| entity)).collect();
    assert_eq!(entities, ["opportunity", "account", "product", "user"], "{found:?}");
    let mappings = mapped(&state, &files, &entities);
    assert_eq!(
        shape(&mappings[0]),
        [
            ("opportunity_id", "number"),
            ("sales_agent", "owner"),
            ("product", "product"),
            ("account", "account"),
            ("deal_stage", "stage"),
            ("engage_date", "engaged"),
            ("close_date", "closed_on"),
            ("close_value", "amount"),
        ]
    );
    let found = tied(&state, &files, &mappings);
    let ties: Vec<(usize, &str, usize, usize, usize)> =
        found.iter().map(|link| (link.file, link.field.as_str(), link.to, link.names, link.found)).collect();
    assert_eq!(ties, [(0, "owner", 3, 30, 30), (0, "product", 2, 7, 7), (0, "account", 1, 85, 85)]);
    let order = order(4, &found);
    assert_eq!(order.last(), Some(&0), "{order:?}");
}

#[test]
fn keys_of_another_program_tie_files_though_no_field_holds_them() {
    let state = pipeline();
    let accounts = "Id,Name,Industry\n001A,Acme,Retail\n001B,Bolt,Medical\n001C,Cyan,Retail\n";
    let deals = "Number,AccountId,Amount\nD1,001A,5\nD2,001C,6\nD3,001A,7\n";
    let files = [file("Account.csv", accounts), file("deals.csv", deals)];
    let found = recognised(&state, &files);
    assert_eq!(found.iter().map(|it| it.as_ref().unwrap().0.as_str()).collect::<Vec<_>>(), ["account", "deal"]);
    let mappings = mapped(&state, &files, &["account", "deal"]);
    assert_eq!(shape(&mappings[1]), [("Number", "number"), ("AccountId", "account"), ("Amount", "amount")]);
    let ties = tied(&state, &files, &mappings);
    assert_eq!(ties.len(), 1);
    assert!(ties[0].is_key_only && ties[0].to_column == 0);

    // Taken in one after the other, the deals find their accounts by those keys.
    let mut state = state;
    let mut next = 0;
    let mut importer = Importer::new(&state, mappings[0].clone(), &files[0].headers).unwrap();
    importer.among(Some(0), transfer::Aliases::default(), Default::default());
    for row in transfer::rows(accounts, b',').skip(1) {
        let plan = importer.read_row(&state, &read, &row.unwrap(), &mut || unreachable!());
        let RowOutcome::Create(values) = plan.outcome.clone() else { panic!("{plan:?}") };
        next += 1;
        insert(&mut state, EntityId::new("account"), RecordId(next), values);
        importer.note_done(&plan, RecordId(next));
    }
    let aliases = importer.take_aliases();
    let mut importer = Importer::new(&state, mappings[1].clone(), &files[1].headers).unwrap();
    importer.among(None, aliases, Default::default());
    let links: Vec<Value> = transfer::rows(deals, b',')
        .skip(1)
        .map(|row| {
            let plan = importer.read_row(&state, &read, &row.unwrap(), &mut || unreachable!());
            let RowOutcome::Create(values) = plan.outcome else { panic!("{plan:?}") };
            values.get(FieldId::new("account")).clone()
        })
        .collect();
    assert_eq!(links, [1, 3, 1].map(|id| Value::Link(RecordId(id))));
}

#[test]
fn files_that_name_each_other_have_an_order_all_the_same() {
    let link = |file, to| FileLink {
        file,
        to,
        column: 0,
        field: FieldId::new("x"),
        to_column: 0,
        names: 1,
        found: 1,
        missing: Vec::new(),
        is_key_only: false,
    };
    assert_eq!(order(3, &[]), [0, 1, 2]);
    assert_eq!(order(3, &[link(0, 1), link(1, 2)]), [2, 1, 0]);
    assert_eq!(order(3, &[link(0, 1), link(1, 0), link(0, 2)]), [2, 0, 1]);
}

#[test]
fn given_and_family_names_are_one_name() {
    let state = pipeline();
    let text = "Last Name,First Name,Team\nLovelace,Ada,North\n李,雷,South\nHopper,,East\n";
    let mut mapping = suggested(&state, "person", text);
    assert_eq!(shape(&mapping)[..2], [("Last Name", "name"), ("First Name", "name")]);
    mapping.match_on.clear();
    let mut state = state;
    let found = run(&mut state, mapping, text, &mut 0);
    let names: Vec<String> = found
        .created
        .iter()
        .map(|id| state.record(*id).unwrap().value(FieldId::new("name")).as_text().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["Ada Lovelace", "李雷", "Hopper"]);
}

#[test]
fn a_row_that_says_nothing_new_changes_nothing() {
    let mut state = pipeline();
    let mut next = 0;
    let first = "name,country,employees\nAcme,France,5\nBolt,,6\n";
    let mapping = suggested(&state, "account", first);
    run(&mut state, mapping.clone(), first, &mut next);
    let again = "name,country,employees\nAcme,France,5.0\nBolt,Spain,7\nCyan,Italy,8\nBolt,Spain,6\n";
    let fill = Mapping { overwriting: transfer::Overwriting::FillBlanks, ..mapping.clone() };
    let found = run(&mut state.clone(), fill, again, &mut next);
    assert_eq!((found.created.len(), found.updated, found.unchanged), (1, 1, 2));
    let only = Mapping { on_match: OnMatch::UpdateOnly, ..mapping.clone() };
    let found = run(&mut state.clone(), only, again, &mut next);
    assert_eq!((found.created.len(), found.updated, found.unchanged, found.skipped), (0, 2, 1, 1));
    let skip = Mapping { on_match: OnMatch::Skip, ..mapping };
    let found = run(&mut state, skip, again, &mut next);
    assert_eq!((found.created.len(), found.skipped), (1, 3));
}

#[test]
fn exports_of_other_programs_are_known_by_their_headings() {
    let state = consultancy();
    assert_eq!(preset::all().len(), 16);
    for known in preset::all() {
        let entity = state.entity(known.entity).unwrap_or_else(|| panic!("{}: {}", known.program, known.entity));
        for field in known.fields() {
            let field = entity.field(field).unwrap_or_else(|| panic!("{} {}: {field}", known.program, known.entity));
            assert!(!field.is_computed(), "{} {}: {}", known.program, known.entity, field.id);
        }
    }
    let cases = [
        ("Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Associated Company", "HubSpot", "contact"),
        ("Record ID,Deal Name,Deal Stage,Close Date,Amount", "HubSpot", "opportunity"),
        ("Id,IsDeleted,AccountId,LastName,FirstName,Email,OwnerId", "Salesforce", "contact"),
        ("Id,AccountId,Name,StageName,Amount,CloseDate,OwnerId", "Salesforce", "opportunity"),
        ("Record Id,Lead Owner,Company,First Name,Last Name,Email,Lead Source", "Zoho", "lead"),
        ("Deal - Title,Deal - Value,Deal - Stage,Deal - Organization", "Pipedrive", "opportunity"),
        ("Person - Name,Person - Organization,Person - Email - Work", "Pipedrive", "contact"),
    ];
    for (headers, program, entity) in cases {
        let headers: csv::StringRecord = headers.split(',').collect();
        let known = preset::recognised(&headers).unwrap_or_else(|| panic!("{headers:?}"));
        assert_eq!((known.program.as_str(), known.entity.as_str()), (program, entity));
    }
    assert!(preset::recognised(&["Name", "Company"].iter().collect()).is_none());
}

#[test]
fn a_preset_sends_columns_home_and_joins_names() {
    let mut state = consultancy();
    let text = "Id,AccountId,LastName,FirstName,Email,OwnerId,Fax\n003A,001A,Lovelace,Ada,ada@acme.com,005A,1\n";
    let headers: csv::StringRecord = text.lines().next().unwrap().split(',').collect();
    let mut mapping = suggested(&state, "contact", text);
    let entity = state.entity(EntityId::new("contact")).unwrap().clone();
    preset::recognised(&headers).unwrap().fill(&entity, &mut mapping);
    assert_eq!(
        shape(&mapping)[..6],
        [
            ("Id", "external_id"),
            ("AccountId", "account"),
            ("LastName", "name"),
            ("FirstName", "name"),
            ("Email", "email"),
            ("OwnerId", "owner")
        ]
    );
    assert_eq!(mapping.match_on, [FieldId::new("external_id")]);
    let found = run(&mut state, mapping, text, &mut 0);
    let contact = state.record(found.created[0]).unwrap();
    assert_eq!(contact.value(FieldId::new("name")).as_text(), Some("Ada Lovelace"));
}

#[test]
fn quotation_marks_are_what_somebody_says() {
    let cells = |text: &str, quote: Option<u8>| -> Vec<String> {
        let signs = transfer::Signs { separator: b',', quote };
        let rows: Vec<_> = transfer::rows(text, signs).map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| row.swallowed.is_none()), "{text}");
        rows.iter().map(|row| row.cells.iter().collect::<Vec<&str>>().join("|")).collect()
    };
    assert_eq!(cells("a,b\n\"x, y\",2\n", Some(b'"')), ["a|b", "x, y|2"]);
    assert_eq!(cells("a,b\n'x, y',2\n", Some(b'\'')), ["a|b", "x, y|2"]);
    assert_eq!(cells("a,b\n'don''t',\"2\n", Some(b'\'')), ["a|b", "don't|\"2"]);
    // An inch sign at the start of a cell swallows nothing where quotation marks are plain signs.
    assert_eq!(cells("a,b\n\"x,2\n5\" pipe,3\n", None), ["a|b", "\"x|2", "5\" pipe|3"]);
}
