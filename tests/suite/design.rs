//! Designing: what values become in other kinds of field, where fields are used, what new things begin as, how pages are laid out.

mod form;
mod recast;

use serde_json::json;

use perennial::engine::design::{self, KINDS, NewEntity, Spot, TroubleKind, Way, Zone};
use perennial::engine::pack;
use perennial::model::change::Change;
use perennial::model::condition::Condition;
use perennial::model::definition::Definition;
use perennial::model::entity::{Entity, Group};
use perennial::model::field::{Check, FieldKind, Label, Language, ResultKind};
use perennial::model::id::{EntityId, FieldId};
use perennial::model::state::{Reader, State};
use perennial::model::view::{Layout, ViewShape};

const CONSULTANCY: &str = include_str!("../../public/pack/consultancy.json");

fn workspace() -> State {
    let mut state = State::new();
    for definition in pack::parse(CONSULTANCY).expect("the pack reads").definitions {
        state.apply(&Change::Defined { id: definition.id(), before: None, after: Some(definition) });
    }
    state
}

fn label(zh: &str, en: &str) -> Label {
    Label { zh: zh.to_owned(), en: en.to_owned() }
}

fn partner() -> NewEntity {
    NewEntity {
        label: label("渠道合作伙伴", "Channel partner"),
        plural: label("渠道合作伙伴", "Channel partners"),
        icon: "handshake".to_owned(),
        hue: 4,
        group: Group::Sell,
        title: label("名称", "Name"),
        heading: label("基本信息", "Basics"),
    }
}

#[test]
fn every_place_that_speaks_of_a_field_is_found() {
    let state = workspace();
    let used = |entity: &str, field: &str| design::usages(&state, EntityId::new(entity), FieldId::new(field));
    let ways = |entity: &str, field: &str, definition: &str| -> Vec<Way> {
        let found = used(entity, field).into_iter().filter(|usage| usage.definition.as_str() == definition);
        found.flat_map(|usage| usage.ways).collect()
    };
    assert!(ways("lead", "title", "score/lead_score").contains(&Way::Score), "{:?}", used("lead", "title"));
    assert!(ways("lead", "company_size", "layout/lead").contains(&Way::Page));
    assert!(used("lead", "status").iter().any(|usage| usage.ways.contains(&Way::Shape)), "a board stands by it");
    assert!(used("lead", "phone").iter().any(|usage| usage.ways.contains(&Way::Conversion)));
    assert!(used("lead", "region").iter().any(|usage| usage.ways.contains(&Way::Condition)));
    assert!(used("opportunity", "amount").iter().any(|usage| usage.ways.contains(&Way::Rollup)));
    assert!(used("account", "name").iter().any(|usage| usage.ways.contains(&Way::Name)));
    let own_first = used("opportunity", "stage");
    let strangers = own_first.iter().position(|usage| usage.entity != Some(EntityId::new("opportunity")));
    assert!(
        strangers.is_none_or(|at| own_first[at..].iter().all(|it| it.entity != Some(EntityId::new("opportunity"))))
    );
    assert!(used("lead", "no_such_field").is_empty());
}

#[test]
fn a_new_entity_has_what_it_needs_and_an_id_of_its_own() {
    let mut state = workspace();
    for expected in ["channel_partner", "channel_partner_2"] {
        let (id, definitions) = design::new_entity(&state, partner());
        assert_eq!(id.as_str(), expected);
        for definition in definitions {
            state.apply(&Change::Defined { id: definition.id(), before: None, after: Some(definition) });
        }
        let entity = state.entity(id).unwrap();
        assert!(entity.own && entity.field(entity.title).is_some_and(|title| title.required));
        assert!(matches!(state.definition(Definition::layout_id(id)), Some(Definition::Layout(_))));
    }
    let only_chinese = NewEntity { label: label("门店", ""), ..partner() };
    assert_eq!(design::new_entity(&state, only_chinese).0.as_str(), "entity");
}

#[test]
fn a_field_of_every_kind_can_be_begun() {
    let state = workspace();
    let account = state.entity(EntityId::new("account")).unwrap();
    for (_, name, _) in KINDS.iter().filter(|(_, name, _)| *name != "lines") {
        let kind = design::starting(name, &state, account).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(design::kind_name(&kind), *name);
        for setting in design::settings(&kind) {
            let mut again = kind.clone();
            design::write_setting(&mut again, *setting, &design::read_setting(&kind, *setting)).unwrap();
            if !matches!(kind, FieldKind::Rollup(_)) {
                assert_eq!(again, kind, "{name} {setting:?}");
            }
        }
    }
    let names = ["a", "b", "c", "d", "e"].map(Label::same);
    let (kind, Definition::Entity(lines)) = design::new_lines(&state, account, &label("明细", "lines"), names) else {
        panic!("an entity")
    };
    assert_eq!(kind, FieldKind::Lines { entity: lines.id, via: FieldId::new("of") });
    assert!(lines.fields.iter().any(|field| field.link().is_some_and(|target| target.owned)));
}

#[test]
fn settings_are_read_as_people_type_them() {
    use design::Setting;
    let mut money = FieldKind::Money { currency: None, limits: Default::default() };
    design::write_setting(&mut money, Setting::Max, "１,０００.５").unwrap();
    assert_eq!(design::read_setting(&money, Setting::Max), "1000.5");
    assert!(design::write_setting(&mut money, Setting::Min, "viel").is_err());
    design::write_setting(&mut money, Setting::Max, " ").unwrap();
    assert_eq!(design::read_setting(&money, Setting::Max), "");
    let mut stars = FieldKind::Rating { max: 5 };
    assert!(design::write_setting(&mut stars, Setting::Best, "11").is_err());
    assert!(design::write_setting(&mut stars, Setting::Best, "1").is_err());
    design::write_setting(&mut stars, Setting::Best, "10").unwrap();
    assert_eq!(stars, FieldKind::Rating { max: 10 });
}

#[test]
fn a_formula_says_itself_what_it_gives() {
    let state = workspace();
    let given = |text: &str| design::result_of(text, &state, EntityId::new("opportunity"));
    assert_eq!(given("=amount*2"), Some(ResultKind::Money));
    assert_eq!(given("=TODAY()+7"), Some(ResultKind::Date));
    assert_eq!(given("=amount>5"), Some(ResultKind::Flag));
    assert_eq!(given("=stage"), Some(ResultKind::Text));
    assert_eq!(given("=LEN(name)"), Some(ResultKind::Number));
    assert_eq!(given("=amount*"), None);
}

#[test]
fn ids_are_readable_and_free() {
    let state = workspace();
    let lead = state.entity(EntityId::new("lead")).unwrap();
    let id = |zh: &str, en: &str| design::field_id(lead, &label(zh, en), &FieldKind::Date).to_string();
    assert_eq!(id("签约日期", "Signed on"), "signed_on");
    assert_eq!(id("签约日期", ""), "date");
    assert_eq!(id("x", "Phone"), "phone_2");
    assert_eq!(id("", "Created"), "created_2");
    assert_eq!(id("", "2nd phone"), "date");
}

#[test]
fn options_come_from_lines() {
    let options = design::options_from("金牌\tGold\nSilver = 银牌\n\n金牌\n Bronze \n", &[]);
    let shown: Vec<(&str, &str, &str, u8)> = options
        .iter()
        .map(|it| (it.id.as_str(), it.label.zh.as_str(), it.label.en.as_str(), it.hue.unwrap()))
        .collect();
    let expected = [("gold", "金牌", "Gold", 1), ("silver", "银牌", "Silver", 2), ("bronze", "Bronze", "Bronze", 3)];
    assert_eq!(shown, expected);
    assert_eq!(design::options_from("gold\n铁牌", &options).len(), 4);
}

#[test]
fn a_board_and_a_calendar_come_with_what_they_need() {
    let state = workspace();
    let (_, definitions) = design::new_entity(&state, partner());
    let Definition::Entity(entity) = &definitions[0] else { panic!("an entity") };
    let list = [ViewShape::list(Vec::new())];
    let board = |by: &str| ViewShape::Board {
        by: FieldId::new(by),
        card: vec![FieldId::new("name")],
        sum: None,
        lanes: None,
        cover: None,
        colour: None,
        compact: false,
        hidden: Vec::new(),
        stale: None,
    };
    let after = vec![list[0].clone(), board("level")];
    let named = |_: &ViewShape| label("按级别", "By level");
    let views = design::companions(entity, (&list, after.clone()), 1, &named);
    assert_eq!(views.len(), 1);
    assert_eq!((views[0].id.as_str(), views[0].shape.fields().len()), ("channel_partner-board", 0));
    assert!(design::companions(entity, (&after, vec![board("other")]), 1, &named).is_empty(), "there was one before");
}

#[test]
fn fields_move_over_the_page() {
    let state = workspace();
    let (_, definitions) = design::new_entity(&state, partner());
    let Definition::Entity(entity) = &definitions[0] else { panic!("an entity") };
    let mut entity = Entity::clone(entity);
    for id in ["a", "b", "c"] {
        entity.fields.push(design::plain(FieldId::new(id), Label::same(id), FieldKind::LongText));
    }
    let layout = design::laid_out(&entity, None).with_section(label("其他", "More"));
    let shown = |layout: &Layout| -> String {
        let words = |ids: &[FieldId]| ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ");
        let sections: Vec<String> = layout.sections.iter().map(|section| words(&section.fields)).collect();
        format!("{} : {}", words(&layout.highlights), sections.join(" | "))
    };
    let id = FieldId::new;
    let go = |layout: &Layout, field: &str, from: Zone, zone: Zone, before: Option<&str>| {
        design::moved(layout, id(field), from, Spot { zone, before: before.map(id) })
    };
    assert_eq!(shown(&layout), " : name a b c | ");
    let one = go(&layout, "c", Zone::Section(0), Zone::Section(0), Some("a"));
    assert_eq!(shown(&one), " : name c a b | ");
    let two = go(&one, "a", Zone::Section(0), Zone::Section(1), None);
    assert_eq!(shown(&two), " : name c b | a");
    let head = go(&two, "b", Zone::Section(0), Zone::Head, None);
    assert_eq!(shown(&head), "b : name c b | a");
    assert_eq!(shown(&go(&head, "b", Zone::Head, Zone::Off, None)), " : name c b | a");
    assert_eq!(shown(&go(&head, "b", Zone::Head, Zone::Section(1), None)), " : name c b | a");
    let off = go(&head, "c", Zone::Section(0), Zone::Off, None);
    assert_eq!(shown(&off), "b : name b | a");
    assert_eq!(design::unplaced(&entity, &off), [id("c")]);
    assert_eq!(shown(&go(&off, "c", Zone::Off, Zone::Section(1), Some("a"))), "b : name b | c a");
    assert_eq!(shown(&go(&one, "c", Zone::Section(0), Zone::Section(0), Some("c"))), shown(&one));
    let ordered: Vec<&str> = design::ordered(&entity, &off).fields.iter().map(|it| it.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ordered, ["name", "b", "a", "c"]);
    assert_eq!(shown(&two.clone().without_section(0)), " : a name c b");
    assert_eq!(shown(&two.clone().without_section(0).without_section(0)), " : a name c b", "the last one stays");
}

#[test]
fn what_is_amiss_is_listed() {
    let mut state = workspace();
    let (id, definitions) = design::new_entity(&state, NewEntity { plural: label("伙伴", ""), ..partner() });
    let Definition::Entity(entity) = &definitions[0] else { panic!("an entity") };
    let Definition::Layout(layout) = &definitions[1] else { panic!("a layout") };
    let mut entity = Entity::clone(entity);
    let choice = |options| FieldKind::Choice { options };
    let options = design::options_from("金|Gold\n银", &[]);
    entity.fields.push(design::plain(FieldId::new("level"), label("级别", ""), choice(options)));
    entity.fields.push(design::plain(FieldId::new("other"), label("名称", "Other"), choice(Vec::new())));
    let values = |at: usize| {
        json!({ "id": format!("00000000-0000-0000-0000-{at:012}"), "entity": "channel_partner",
        "created": "2026-11-22T01:00:00.000Z", "updated": "2026-11-22T01:00:00.000Z",
        "values": { "name": "x", "level": { "o": "gold" } } })
    };
    for at in 1..=20 {
        state.insert(serde_json::from_value(values(at)).expect("a record"));
    }
    let layout = Layout { sections: layout.sections.clone(), ..(**layout).clone() };
    let found = design::troubles(&state, &entity, Some(&layout));
    let of = |field: Option<&str>| -> Vec<TroubleKind> {
        let found = found.iter().filter(|it| it.field == field.map(FieldId::new));
        found.map(|it| it.kind).collect()
    };
    assert_eq!(of(None), [TroubleKind::NoLabel(Language::En)]);
    assert_eq!(of(Some("name")), [TroubleKind::TwinLabel]);
    assert_eq!(
        of(Some("level")),
        [TroubleKind::NoLabel(Language::En), TroubleKind::Unplaced, TroubleKind::UnusedOptions]
    );
    assert_eq!(
        of(Some("other")),
        [TroubleKind::TwinLabel, TroubleKind::NoOptions, TroubleKind::Unplaced, TroubleKind::NeverFilled]
    );
    assert_eq!(id.as_str(), "channel_partner");
}

#[test]
fn a_check_that_does_not_say_what_is_wrong_is_amiss() {
    let state = workspace();
    let (_, definitions) = design::new_entity(&state, partner());
    let Definition::Entity(entity) = &definitions[0] else { panic!("an entity") };
    let mut entity = Entity::clone(entity);
    let check = |zh: &str, en: &str| Check { condition: Condition::always(), message: label(zh, en) };
    entity.fields[0].checks = vec![check("", ""), check("太短", ""), check("太短", "Too short")];
    let found: Vec<(TroubleKind, usize)> =
        design::troubles(&state, &entity, None).into_iter().map(|it| (it.kind, it.count)).collect();
    let expected = [(TroubleKind::NoCheckMessage(Language::Zh), 1), (TroubleKind::NoCheckMessage(Language::En), 2)];
    assert_eq!(found, expected);
}

#[test]
fn weights_and_numbers_are_read_and_shown_as_people_write_them() {
    let weight = |typed: &str| design::weight_from(typed).map(|weight| weight.map(|weight| weight.to_string()));
    assert_eq!(weight(" 60 % "), Ok(Some("60".to_owned())));
    assert_eq!(weight("12.5"), Ok(Some("12.5".to_owned())));
    assert_eq!(weight(""), Ok(None));
    assert!(weight("viel").is_err());
    let number = FieldKind::AutoNumber { prefix: "QD-".to_owned(), digits: 4 };
    assert_eq!(design::first_number(&number).as_deref(), Some("QD-0001"));
    assert_eq!(design::first_number(&FieldKind::Flag), None);
}
