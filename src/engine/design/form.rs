//! A form while it is put together: what it begins as, its parts moved, doubled and taken away, one part at a time looked at.

use std::sync::Arc;

use crate::model::entity::Entity;
use crate::model::field::{Field, FieldKind, Label, ResultKind};
use crate::model::form::{
    Capture, Form, FormEnding, FormItem, FormPage, FormSection, FormTheme, ItemContent, LineColumn, LinesItem,
    Presence, Returns,
};
use crate::model::id::FieldId;
use crate::model::state::Reader;

/// The part of a form that is looked at: itself, a page, a section, or an item with the field that it asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// The form itself.
    Form(Box<Form>),
    /// A page.
    Page(Box<FormPage>),
    /// A section.
    Section(Box<FormSection>),
    /// An item, and its field where it has one.
    Item(Box<FormItem>, Option<Box<Field>>),
}

/// A place on a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormSpot {
    /// The section.
    pub section: String,
    /// The item before which it is; at the end when absent.
    pub before: Option<String>,
}

/// A form that asks for what records of an entity are named by and cannot be without.
pub fn new_form(reader: &dyn Reader, entity: &Arc<Entity>, label: Label) -> Form {
    let is_free = |id: &str| reader.definition(Form::worked_on(id)).is_none();
    let slug = super::make::slug(&label.en).or_else(|| super::make::slug(&label.zh));
    let id = super::make::free(slug.as_deref().unwrap_or("form"), is_free);
    let is_first = |field: &&Field| {
        let is_needed = field.required && field.default.is_none();
        is_askable(field) && !field.is_computed() && (field.id == entity.title || is_needed)
    };
    let items = entity.fields.iter().filter(is_first).map(|field| item_for(reader, field)).collect();
    let section =
        FormSection { id: "section".to_owned(), label: None, columns: 1, presence: Presence::default(), items };
    let page = FormPage { id: "page".to_owned(), label: None, presence: Presence::default(), sections: vec![section] };
    Form {
        id,
        label,
        entity: entity.id,
        introduction: None,
        pages: vec![page],
        send: None,
        ending: FormEnding::default(),
        theme: FormTheme::default(),
        capture: Capture::default(),
        join: Vec::new(),
        goals: Vec::new(),
        kiosk: None,
        returns: Returns::default(),
        languages: Vec::new(),
        edition: None,
        published: 0,
        seal: String::new(),
        retired: false,
    }
}

/// Whether a form can ask for a field, or show it.
pub fn is_askable(field: &Field) -> bool {
    !field.retired && !matches!(field.kind, FieldKind::Hidden | FieldKind::AutoNumber { .. })
}

/// The fields of the entity that a form does not ask for yet.
pub fn unasked<'a>(form: &'a Form, entity: &'a Entity) -> impl Iterator<Item = &'a Field> {
    entity.fields.iter().filter(|field| is_askable(field) && form.asked().all(|asked| asked != field.id))
}

/// An item that asks for a field; one that lists lines asks for what a line cannot be without and adds up what can be added.
pub fn item_for(reader: &dyn Reader, field: &Field) -> FormItem {
    let FieldKind::Lines { entity, .. } = &field.kind else { return FormItem::plain(field.id) };
    match reader.entity(*entity) {
        Some(lines) => lines_item(field, lines),
        None => FormItem::plain(field.id),
    }
}

/// An item that asks for the lines that a field lists, which may be new.
pub fn lines_item(field: &Field, lines: &Entity) -> FormItem {
    let FieldKind::Lines { via, .. } = &field.kind else { return FormItem::plain(field.id) };
    let is_asked = |field: &&Field| field.id != *via && field.is_stored() && is_askable(field);
    let asked: Vec<&Field> = lines.fields.iter().filter(is_asked).collect();
    let is_amount = |field: &&&Field| field.kind.result() == Some(ResultKind::Money);
    let sums = asked.iter().rfind(is_amount).map(|field| field.id).into_iter().collect();
    let columns = asked.iter().map(|field| LineColumn::plain(field.id)).collect();
    let item = LinesItem { field: field.id, label: None, columns, sums, least: 0, most: None };
    FormItem { content: ItemContent::Lines(Box::new(item)), width: 4, ..FormItem::plain(field.id) }
}

impl Form {
    /// An id that no part of it has: the wished one, or that with a number.
    pub fn free_id(&self, wish: &str) -> String {
        super::make::free(wish, |id| self.ids().all(|known| known != id))
    }

    /// One of its parts, to be looked at; itself where none is named.
    pub fn piece(&self, entity: &Entity, part: Option<&str>) -> Option<Piece> {
        let Some(part) = part else { return Some(Piece::Form(Box::new(self.clone()))) };
        for page in &self.pages {
            if page.id == part {
                return Some(Piece::Page(Box::new(page.clone())));
            }
            if let Some(section) = page.sections.iter().find(|section| section.id == part) {
                return Some(Piece::Section(Box::new(section.clone())));
            }
        }
        let item = self.item(part)?;
        let field = item.field().and_then(|field| entity.field(field)).cloned().map(Box::new);
        Some(Piece::Item(Box::new(item.clone()), field))
    }

    /// With one of its parts as it is now.
    #[must_use]
    pub fn with_piece(mut self, part: Option<&str>, piece: Piece) -> Form {
        match (part, piece) {
            (None, Piece::Form(form)) => return *form,
            (Some(part), Piece::Page(page)) => {
                self.pages.iter_mut().filter(|known| known.id == part).for_each(|known| *known = (*page).clone());
            }
            (Some(part), Piece::Section(section)) => {
                let sections = self.pages.iter_mut().flat_map(|page| &mut page.sections);
                sections.filter(|known| known.id == part).for_each(|known| *known = (*section).clone());
            }
            (Some(part), Piece::Item(item, _)) => {
                self.all_items_mut().filter(|known| known.id == part).for_each(|known| *known = (*item).clone());
            }
            (None, _) | (Some(_), Piece::Form(_)) => {}
        }
        self
    }

    /// The page that a part is, or stands on.
    pub fn page_of(&self, part: &str) -> Option<usize> {
        self.pages.iter().position(|page| {
            let mut sections = page.sections.iter();
            page.id == part
                || sections.any(|section| section.id == part || section.items.iter().any(|item| item.id == part))
        })
    }

    /// With a new item at a place; at the end of the last section where there is no such place.
    #[must_use]
    pub fn with_item(mut self, item: FormItem, spot: &FormSpot) -> Form {
        let at = |section: &FormSection| {
            let before = spot.before.as_ref().and_then(|id| section.items.iter().position(|item| item.id == *id));
            before.unwrap_or(section.items.len())
        };
        let mut sections = self.pages.iter_mut().flat_map(|page| &mut page.sections);
        if let Some(section) = sections.find(|section| section.id == spot.section) {
            section.items.insert(at(section), item);
        } else if let Some(section) = self.pages.last_mut().and_then(|page| page.sections.last_mut()) {
            section.items.push(item);
        }
        self
    }

    /// With an item somewhere else.
    #[must_use]
    pub fn with_moved(mut self, id: &str, spot: &FormSpot) -> Form {
        let is_there = self.pages.iter().flat_map(|page| &page.sections).any(|section| section.id == spot.section);
        if spot.before.as_deref() == Some(id) || !is_there {
            return self;
        }
        let Some(item) = self.item(id).cloned() else { return self };
        self = self.without(id);
        self.with_item(item, spot)
    }

    /// With a page behind another one, or at the end, and a section on it.
    #[must_use]
    pub fn with_page(mut self, after: Option<&str>) -> Form {
        let (page, section) = (self.free_id("page"), self.free_id("section"));
        let section =
            FormSection { id: section, label: None, columns: 1, presence: Presence::default(), items: Vec::new() };
        let page = FormPage { id: page, label: None, presence: Presence::default(), sections: vec![section] };
        let at = after.and_then(|part| self.page_of(part)).map_or(self.pages.len(), |at| at + 1);
        self.pages.insert(at, page);
        self
    }

    /// With a section at the end of the page that a part is or stands on.
    #[must_use]
    pub fn with_section(mut self, part: &str) -> Form {
        let id = self.free_id("section");
        let at = self.page_of(part).unwrap_or(0);
        if let Some(page) = self.pages.get_mut(at) {
            let (presence, items) = (Presence::default(), Vec::new());
            page.sections.push(FormSection { id, label: None, columns: 1, presence, items });
        }
        self
    }

    /// Without a part and what stands in it; one page with one section always stays.
    #[must_use]
    pub fn without(mut self, id: &str) -> Form {
        let count = self.pages.len();
        self.pages.retain(|page| page.id != id || count == 1);
        for page in &mut self.pages {
            let count = page.sections.len();
            page.sections.retain(|section| section.id != id || count == 1);
            page.sections.iter_mut().for_each(|section| section.items.retain(|item| item.id != id));
        }
        self
    }

    /// With a page, section or item before or behind its neighbour.
    #[must_use]
    pub fn with_shifted(mut self, id: &str, by: isize) -> Form {
        fn shift<T>(list: &mut [T], at: usize, by: isize) {
            if let Some(to) = at.checked_add_signed(by).filter(|to| *to < list.len()) {
                list.swap(at, to);
            }
        }
        if let Some(at) = self.pages.iter().position(|page| page.id == id) {
            shift(&mut self.pages, at, by);
        }
        for page in &mut self.pages {
            if let Some(at) = page.sections.iter().position(|section| section.id == id) {
                shift(&mut page.sections, at, by);
            }
            for section in &mut page.sections {
                if let Some(at) = section.items.iter().position(|item| item.id == id) {
                    shift(&mut section.items, at, by);
                }
            }
        }
        self
    }

    /// With a section in the place of another one, or at the end of another page; a page that it leaves without any gets a new one.
    #[must_use]
    pub fn with_section_moved(mut self, id: &str, to: &str) -> Form {
        let place = |form: &Form, id: &str| {
            let at = |page: &FormPage| page.sections.iter().position(|section| section.id == id);
            form.pages.iter().enumerate().find_map(|(page, it)| Some((page, at(it)?)))
        };
        let page_of = |form: &Form| form.pages.iter().position(|page| page.id == to);
        let Some((page, at)) = place(&self, id) else { return self };
        let end = |to: usize, form: &Form| (to != page).then(|| (to, form.pages[to].sections.len()));
        let Some((into, before)) = place(&self, to).or_else(|| end(page_of(&self)?, &self)) else { return self };
        let section = self.pages[page].sections.remove(at);
        self.pages[into].sections.insert(before, section);
        if self.pages[page].sections.is_empty() {
            let (id, presence) = (self.free_id("section"), Presence::default());
            let blank = FormSection { id, label: None, columns: 1, presence, items: Vec::new() };
            self.pages[page].sections.push(blank);
        }
        self
    }

    /// With a page in the place of another one.
    #[must_use]
    pub fn with_page_moved(mut self, id: &str, to: &str) -> Form {
        let place = |id: &str| self.pages.iter().position(|page| page.id == id);
        if let (Some(at), Some(to)) = (place(id), place(to)) {
            let page = self.pages.remove(at);
            self.pages.insert(to, page);
        }
        self
    }

    /// The part to look at when this one is gone: the one behind it, or else the one before it, or what it stands in.
    pub fn neighbour(&self, id: &str) -> Option<String> {
        fn beside<'a>(ids: impl Iterator<Item = &'a str>, id: &str) -> Option<Option<&'a str>> {
            let ids: Vec<&str> = ids.collect();
            let at = ids.iter().position(|known| *known == id)?;
            Some(ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied())
        }
        if let Some(found) = beside(self.pages.iter().map(|page| page.id.as_str()), id) {
            return found.map(str::to_owned);
        }
        for page in &self.pages {
            if let Some(found) = beside(page.sections.iter().map(|section| section.id.as_str()), id) {
                return Some(found.unwrap_or(&page.id).to_owned());
            }
            for section in &page.sections {
                if let Some(found) = beside(section.items.iter().map(|item| item.id.as_str()), id) {
                    return Some(found.unwrap_or(&section.id).to_owned());
                }
            }
        }
        None
    }

    /// With a part once more, right behind itself, and the id of the second one. Each field is asked for once: what asks for one is
    /// left out.
    pub fn with_double(mut self, id: &str) -> Option<(Form, String)> {
        let mut names = Names { taken: self.clone() };
        if let Some(at) = self.pages.iter().position(|page| page.id == id) {
            let copy = names.page(&self.pages[at]);
            let made = copy.id.clone();
            self.pages.insert(at + 1, copy);
            return Some((self, made));
        }
        for page in &mut self.pages {
            if let Some(at) = page.sections.iter().position(|section| section.id == id) {
                let copy = names.section(&page.sections[at]);
                let made = copy.id.clone();
                page.sections.insert(at + 1, copy);
                return Some((self, made));
            }
            for section in &mut page.sections {
                if let Some(at) = section.items.iter().position(|item| item.id == id) {
                    let copy = names.item(&section.items[at])?;
                    let made = copy.id.clone();
                    section.items.insert(at + 1, copy);
                    return Some((self, made));
                }
            }
        }
        None
    }

    /// As an edition of it was, to be worked on again.
    #[must_use]
    pub fn restored(&self, edition: &Form) -> Form {
        Form {
            edition: None,
            published: self.published,
            seal: self.seal.clone(),
            retired: self.retired,
            returns: self.returns.clone(),
            ..edition.clone()
        }
    }

    /// The fields that it asks for and that the entity no longer has, or has retired: answers to them have no place any more.
    pub fn lost<'a>(&'a self, entity: &'a Entity) -> impl Iterator<Item = FieldId> + 'a {
        self.asked().filter(|asked| entity.field(*asked).is_none_or(|field| field.retired))
    }

    fn all_items_mut(&mut self) -> impl Iterator<Item = &mut FormItem> {
        self.pages.iter_mut().flat_map(|page| &mut page.sections).flat_map(|section| &mut section.items)
    }
}

/// Gives each part of a copy an id of its own.
struct Names {
    taken: Form,
}

impl Names {
    fn next(&mut self, wish: &str) -> String {
        let wish = wish.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '_');
        let id = self.taken.free_id(if wish.is_empty() { "part" } else { wish });
        // Noted as the id of a page, so that it is not given twice.
        let (label, presence, sections) = (None, Presence::default(), Vec::new());
        self.taken.pages.push(FormPage { id: id.clone(), label, presence, sections });
        id
    }

    fn page(&mut self, page: &FormPage) -> FormPage {
        let id = self.next(&page.id);
        FormPage { id, sections: page.sections.iter().map(|section| self.section(section)).collect(), ..page.clone() }
    }

    fn section(&mut self, section: &FormSection) -> FormSection {
        let id = self.next(&section.id);
        let items = section.items.iter().filter_map(|item| self.item(item)).collect();
        FormSection { id, items, ..section.clone() }
    }

    fn item(&mut self, item: &FormItem) -> Option<FormItem> {
        item.field().is_none().then(|| FormItem { id: self.next(&item.id), ..item.clone() })
    }
}
