//! Who begins alone: the people of a pack go, and nothing speaks of them any more.

use perennial::engine::pack::{self, Beginning};
use perennial::model::definition::Definition;
use perennial::model::id::RecordId;

use super::CONSULTANCY;

#[test]
fn whoever_begins_alone_stands_for_all_people() {
    let mut pack = pack::parse(CONSULTANCY).unwrap();
    let people: Vec<String> = pack
        .records
        .iter()
        .filter(|record| record.entity.as_str() == "user")
        .map(|record| record.name.clone())
        .collect();
    let count = pack.definitions.len();
    pack::begin(&mut pack, &Beginning { person: " Ann Lee ".to_owned(), workspace: "Lee & Co".to_owned() });
    let left: Vec<_> = pack.records.iter().filter(|record| record.entity.as_str() == "user").collect();
    assert_eq!((left.len(), pack.definitions.len()), (1, count));
    let own = &left[0].name;
    let title = left[0].values.iter().find(|(field, _)| field.as_str() == "name").map(|(_, value)| value.as_str());
    assert_eq!(title, Some(Some("Ann Lee")));
    assert!(left[0].values.iter().all(|(field, _)| !["email", "phone", "office", "manager"].contains(&field.as_str())));
    let written = serde_json::to_string(&pack.definitions).unwrap();
    let records: String =
        pack.records.iter().flat_map(|record| &record.values).map(|(_, value)| value.to_string()).collect();
    for name in people.iter().filter(|name| *name != own) {
        assert!(!written.contains(&RecordId::named(name).to_string()), "a definition speaks of {name}");
        assert!(!records.contains(&format!("\"{name}\"")), "a record speaks of {name}");
    }
    let named = pack.definitions.iter().find_map(|definition| match definition {
        Definition::Workspace(workspace) => Some(workspace.name.en.clone()),
        _ => None,
    });
    assert_eq!(named.as_deref(), Some("Lee & Co"));
}
