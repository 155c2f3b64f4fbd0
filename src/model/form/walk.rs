//! Walks through a form: its items in order, what it speaks of, its editions' names.

use super::{Form, FormItem, FormPage, FormSection, ItemContent};
use crate::model::field::{Label, Language};
use crate::model::id::{CellId, DefinitionId, FieldId};
use crate::model::value::FileRef;

const SECRETS: &str = "form-secret/";

impl Form {
    /// The id of its definition.
    pub fn definition_id(&self) -> DefinitionId {
        match self.edition {
            None => Form::worked_on(&self.id),
            Some(number) => Form::edition_id(&self.id, number),
        }
    }

    /// The id of the definition of a form as it is worked on.
    pub fn worked_on(id: &str) -> DefinitionId {
        DefinitionId::new(&format!("form/{id}"))
    }

    /// The id of the definition of an edition.
    pub fn edition_id(id: &str, number: u32) -> DefinitionId {
        DefinitionId::new(&format!("form/{id}@{number}"))
    }

    /// The cell that holds what was drawn once for the keys of a form's editions.
    pub fn secret_cell(id: &str) -> CellId {
        CellId::new(&format!("{SECRETS}{id}"))
    }

    /// Whether a cell holds such a secret. Files have left with what was made of it, so it is never taken back.
    pub fn is_secret_cell(cell: CellId) -> bool {
        cell.as_str().starts_with(SECRETS)
    }

    /// Every item with its page and section, in order.
    pub fn items(&self) -> impl Iterator<Item = (&FormPage, &FormSection, &FormItem)> {
        self.pages.iter().flat_map(|page| {
            page.sections.iter().flat_map(move |section| section.items.iter().map(move |item| (page, section, item)))
        })
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&FormItem> {
        self.items().map(|(_, _, item)| item).find(|item| item.id == id)
    }

    /// What an item is called on this form, where that is not as its field.
    pub fn item_label(&self, id: &str) -> Option<&Label> {
        match &self.item(id)?.content {
            ItemContent::Field(asked) => asked.label.as_ref(),
            ItemContent::Lines(lines) => lines.label.as_ref(),
            ItemContent::Text { .. } | ItemContent::Picture { .. } | ItemContent::Divider => None,
        }
    }

    /// The ids of its pages, sections and items.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().flat_map(|page| {
            let sections = page.sections.iter().flat_map(|section| {
                std::iter::once(section.id.as_str()).chain(section.items.iter().map(|item| item.id.as_str()))
            });
            std::iter::once(page.id.as_str()).chain(sections)
        })
    }

    /// The fields that it asks for, in order.
    pub fn asked(&self) -> impl Iterator<Item = FieldId> {
        self.items().filter_map(|(_, _, item)| item.field())
    }

    /// The fields that are filled in without anybody being asked.
    pub fn captured(&self) -> impl Iterator<Item = FieldId> {
        let fixed = self.capture.fixed.iter().map(|fixed| fixed.field);
        let parameters = self.capture.parameters.iter().map(|parameter| parameter.into);
        self.capture.channel_into.into_iter().chain(fixed).chain(parameters)
    }

    /// Another form that asks the same: worked on, never published, and left without the code of its kiosk.
    pub fn copied(&self, id: &str, label: Label) -> Form {
        let mut copy = Form { id: id.to_owned(), label, edition: None, published: 0, retired: false, ..self.clone() };
        copy.seal.clear();
        if let Some(kiosk) = &mut copy.kiosk {
            kiosk.salt.clear();
            kiosk.sealed_code.clear();
        }
        copy
    }

    /// The files that it shows or hands over.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        let pictures = self.items().filter_map(|(_, _, item)| match &item.content {
            ItemContent::Picture { file, .. } => Some(file),
            ItemContent::Field(_) | ItemContent::Lines(_) | ItemContent::Text { .. } | ItemContent::Divider => None,
        });
        self.theme.logo.iter().chain(&self.ending.file).chain(pictures)
    }

    /// The languages in which it can be filled in.
    pub fn spoken(&self) -> &[Language] {
        if self.languages.is_empty() { &[Language::Zh, Language::En] } else { &self.languages }
    }
}
