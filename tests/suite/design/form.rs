//! A form while it is put together: what it begins as, its parts moved, doubled, taken away, looked at and put back.

use std::sync::Arc;

use super::{label, workspace};
use perennial::engine::design::{FormSpot, Piece, new_form, unasked};
use perennial::model::entity::Entity;
use perennial::model::field::Label;
use perennial::model::form::{Form, FormItem, ItemContent, Presence};
use perennial::model::id::{EntityId, FieldId};
use perennial::model::state::Reader;

fn begun() -> (Arc<Entity>, Form) {
    let state = workspace();
    let entity = state.entity(EntityId::new("lead")).expect("the pack has leads").clone();
    let form = new_form(&state, &entity, label("展会登记", "Trade fair"));
    (entity, form)
}

/// The same, and it asks for the industry at the end.
fn with_two_items() -> (Arc<Entity>, Form) {
    let (entity, form) = begun();
    let end = FormSpot { section: form.pages[0].sections[0].id.clone(), before: None };
    let form = form.with_item(FormItem::plain(FieldId::new("industry")), &end);
    (entity, form)
}

fn ids(form: &Form) -> Vec<&str> {
    form.ids().collect()
}

#[test]
fn a_new_form_asks_for_what_a_record_cannot_be_without() {
    let (entity, form) = begun();
    assert_eq!(form.id, "trade_fair");
    assert_eq!(form.entity, entity.id);
    assert!(form.asked().any(|field| field == entity.title));
    for field in entity.fields.iter().filter(|field| field.required && field.default.is_none()) {
        assert!(form.asked().any(|asked| asked == field.id), "{} is asked for", field.id);
    }
    assert!(unasked(&form, &entity).all(|field| form.asked().all(|asked| asked != field.id)));
}

#[test]
fn parts_are_added_moved_and_taken_away() {
    let (entity, form) = begun();
    let form = form.with_page(None);
    assert_eq!(form.pages.len(), 2);
    assert_eq!(form.pages[1].sections.len(), 1);
    let end = FormSpot { section: form.pages[1].sections[0].id.clone(), before: None };
    let title = entity.title.as_str().to_owned();
    let moved = form.clone().with_moved(&title, &end);
    assert_eq!(moved.page_of(&title), Some(1));
    assert_eq!(form.clone().with_moved(&title, &FormSpot { section: "nowhere".to_owned(), before: None }), form);
    let second = FormItem::plain(FieldId::new("industry"));
    let before = FormSpot { before: Some(title.clone()), ..end };
    let moved = moved.with_item(second, &before);
    let section: Vec<&str> = moved.pages[1].sections[0].items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(section, ["industry", title.as_str()]);
    let last = moved.pages[1].id.clone();
    let swapped = moved.clone().with_shifted(&last, -1);
    assert_eq!(swapped.pages[0].id, last);
    assert_eq!(moved.clone().with_shifted(&last, 1), moved, "there is nothing behind the last");
    let alone = moved.without(&last);
    assert_eq!(alone.pages.len(), 1);
    let only = alone.pages[0].id.clone();
    assert_eq!(alone.clone().without(&only), alone, "one page stays");
}

#[test]
fn a_double_has_ids_of_its_own_and_asks_for_nothing_twice() {
    let (_, form) = begun();
    let section = form.pages[0].sections[0].id.clone();
    let text = FormItem {
        id: form.free_id("text"),
        width: 4,
        presence: Presence::default(),
        content: ItemContent::Text { text: Label::same("hello") },
    };
    let form = form.with_item(text, &FormSpot { section: section.clone(), before: None });
    let page = form.pages[0].id.clone();
    let (double, made) = form.clone().with_double(&page).expect("a page can be doubled");
    assert_eq!(double.pages[1].id, made);
    let mut all = ids(&double);
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count, "every id once: {all:?}");
    assert_eq!(double.asked().count(), form.asked().count());
    assert_eq!(double.pages[1].sections[0].items.len(), 1);
    assert!(form.clone().with_double(form.items().next().map(|(_, _, item)| item.id.as_str()).unwrap_or("")).is_none());
}

#[test]
fn a_part_is_looked_at_and_put_back() {
    let (entity, form) = begun();
    let title = entity.title.as_str().to_owned();
    let Some(Piece::Item(mut item, field)) = form.piece(&entity, Some(&title)) else {
        panic!("the title is asked for")
    };
    assert_eq!(field.map(|field| field.id), Some(entity.title));
    item.width = 2;
    let next = form.clone().with_piece(Some(&title), Piece::Item(item, None));
    assert_eq!(next.item(&title).map(|item| item.width), Some(2));
    assert_eq!(form.clone().with_piece(None, Piece::Form(Box::new(next.clone()))), next);
    assert_eq!(form.piece(&entity, Some("nowhere")), None);
}

#[test]
fn an_edition_is_taken_up_again_and_says_what_has_no_place() {
    let (entity, form) = begun();
    let edition = Form { edition: Some(1), published: 0, seal: "x".to_owned(), ..form.clone() };
    let now = Form { published: 3, ..form.clone().with_page(None) };
    let back = now.restored(&edition);
    assert_eq!((back.published, back.edition, back.pages.len()), (3, None, 1));
    assert_eq!(edition.lost(&entity).count(), 0);
    let mut poorer = (*entity).clone();
    poorer.fields.retain(|field| field.id != entity.title);
    assert_eq!(edition.lost(&poorer).collect::<Vec<_>>(), [entity.title]);
}

#[test]
fn sections_and_pages_go_where_others_stand() {
    let (entity, form) = with_two_items();
    let first = form.pages[0].id.clone();
    let form = form.with_page(None).with_section(&first);
    let sections = |form: &Form, page: usize| -> Vec<String> {
        form.pages[page].sections.iter().map(|section| section.id.clone()).collect()
    };
    let (one, two) = (sections(&form, 0)[0].clone(), sections(&form, 0)[1].clone());
    let other = sections(&form, 1)[0].clone();
    assert_eq!(sections(&form.clone().with_section_moved(&two, &one), 0), [two.clone(), one.clone()]);
    assert_eq!(sections(&form.clone().with_section_moved(&one, &two), 0), [two.clone(), one.clone()]);
    let last = form.pages[1].id.clone();
    let moved = form.clone().with_section_moved(&one, &last);
    assert_eq!(sections(&moved, 1), [other.clone(), one.clone()]);
    let emptied = moved.with_section_moved(&two, &other);
    assert_eq!(sections(&emptied, 1), [two.clone(), other, one.clone()]);
    assert_eq!(emptied.pages[0].sections.len(), 1, "no page is without a section");
    assert!(emptied.pages[0].sections[0].items.is_empty());
    assert_eq!(emptied.asked().count(), form.asked().count(), "nothing is lost on the way");
    assert_eq!(form.clone().with_section_moved(&one, "nowhere"), form);
    assert_eq!(form.clone().with_page_moved(&last, &first).pages[0].id, last);
    let title = entity.title.as_str();
    let shifted = form.clone().with_shifted(title, 1);
    assert_ne!(shifted, form);
    assert_eq!(shifted.with_shifted(title, -1), form);
}

#[test]
fn who_takes_a_part_away_goes_on_beside_it() {
    let (_, form) = with_two_items();
    let section = form.pages[0].sections[0].clone();
    let items: Vec<&str> = section.items.iter().map(|item| item.id.as_str()).collect();
    let last = items[items.len() - 1];
    assert_eq!(form.neighbour(items[0]).as_deref(), Some(items[1]));
    assert_eq!(form.neighbour(last).as_deref(), Some(items[items.len() - 2]));
    assert_eq!(form.neighbour(&section.id), Some(form.pages[0].id.clone()), "the page, where no other section is");
    assert_eq!(form.neighbour(&form.pages[0].id), None);
    assert_eq!(form.neighbour("nowhere"), None);
    let mut alone = form.clone();
    alone.pages[0].sections[0].items.truncate(1);
    assert_eq!(alone.neighbour(items[0]).as_deref(), Some(section.id.as_str()));
}
