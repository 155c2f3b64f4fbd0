//! Routes: what the address says after the `#`, so that deep links work on any static host under any path.

use leptos::prelude::*;

use crate::model::id::{CommitId, EntityId, FieldId, RecordId};
use crate::ui::{browser, layer};

/// A place in the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first place of the workspace.
    Home,
    /// The records of an entity in one of its views.
    Records {
        /// The entity.
        entity: EntityId,
        /// The view; the first one when absent.
        view: Option<String>,
        /// The record open beside it.
        beside: Option<RecordId>,
        /// Only those that point at a record, where one comes from that record.
        linked: Option<Linked>,
    },
    /// One record on a whole page.
    Record {
        /// The entity.
        entity: EntityId,
        /// The record.
        id: RecordId,
    },
    /// A record as it was at an earlier time.
    Past {
        /// The entity.
        entity: EntityId,
        /// The record.
        id: RecordId,
        /// The commit after which it is shown; the one before the last where there is none.
        after: Option<CommitId>,
    },
    /// Bringing records of an entity in.
    Import {
        /// The entity.
        entity: EntityId,
    },
    /// The kinds of record that there are.
    Entities,
    /// The designer of an entity.
    Design {
        /// The entity.
        entity: EntityId,
        /// Which of its sheets.
        sheet: Sheet,
        /// The field that is looked at.
        field: Option<FieldId>,
    },
    /// The designer of a form.
    FormDesign {
        /// The form.
        form: String,
        /// The part that is looked at.
        part: Option<String>,
    },
    /// A form, to be filled in.
    Fill {
        /// Its id among forms.
        form: String,
        /// Whether it is the form as it is worked on, only to be looked at.
        is_preview: bool,
        /// The parameters of its address.
        parameters: Vec<(String, String)>,
    },
    /// The forms that there are.
    Forms,
    /// A form on a device of its own.
    Kiosk {
        /// Its id among forms.
        form: String,
    },
    /// What happened in the workspace.
    History,
    /// Preferences, storage, snapshots.
    Settings,
    /// One section of the settings.
    Setting {
        /// Its name in the address.
        section: String,
    },
    /// What another program has shared.
    Shared,
    /// An address that means nothing.
    Unknown,
}

/// A sheet of the designer of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Its fields.
    Fields,
    /// How a record is laid out.
    Page,
}

/// Those records alone that point at a record through a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Their link field.
    pub via: FieldId,
    /// The record that they point at.
    pub to: RecordId,
}

impl Route {
    /// The entity whose records one is among.
    pub fn entity(&self) -> Option<EntityId> {
        match self {
            Route::Records { entity, .. }
            | Route::Record { entity, .. }
            | Route::Past { entity, .. }
            | Route::Import { entity } => Some(*entity),
            Route::Home
            | Route::Entities
            | Route::Design { .. }
            | Route::FormDesign { .. }
            | Route::Fill { .. }
            | Route::Forms
            | Route::Kiosk { .. }
            | Route::History
            | Route::Shared
            | Route::Settings
            | Route::Setting { .. }
            | Route::Unknown => None,
        }
    }

    /// The designer of an entity.
    pub fn design(entity: EntityId) -> Route {
        Route::Design { entity, sheet: Sheet::Fields, field: None }
    }

    /// A form, to be filled in.
    pub fn fill(form: &str) -> Route {
        Route::Fill { form: form.to_owned(), is_preview: false, parameters: Vec::new() }
    }

    /// Whether it is for visitors, who see nothing of the product around it.
    pub fn is_alone(&self) -> bool {
        matches!(self, Route::Fill { .. } | Route::Kiosk { .. })
    }

    /// The records of an entity in its first view.
    pub fn records(entity: EntityId) -> Route {
        Route::Records { entity, view: None, beside: None, linked: None }
    }

    /// Reads an address: `#/records/lead?view=mql&beside=…`.
    pub fn parse(hash: &str) -> Route {
        let (path, query) = hash.trim_start_matches('#').split_once('?').unwrap_or((hash.trim_start_matches('#'), ""));
        let parts: Vec<String> =
            path.split('/').filter(|part| !part.is_empty()).map(browser::decode_component).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let asked = |name: &str| {
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| browser::decode_component(value))
        };
        match parts.as_slice() {
            [] => Route::Home,
            ["records", entity] => Route::Records {
                entity: EntityId::new(entity),
                view: asked("view"),
                beside: asked("beside").and_then(|id| id.parse().ok()),
                linked: asked("linked").and_then(|linked| {
                    let (via, to) = linked.split_once(':')?;
                    Some(Linked { via: FieldId::new(via), to: to.parse().ok()? })
                }),
            },
            ["record", entity, id] => match id.parse() {
                Ok(id) => Route::Record { entity: EntityId::new(entity), id },
                Err(_) => Route::Unknown,
            },
            ["past", entity, id] => match id.parse() {
                Ok(id) => {
                    let after = asked("after").and_then(|commit| commit.parse().ok());
                    Route::Past { entity: EntityId::new(entity), id, after }
                }
                Err(_) => Route::Unknown,
            },
            ["import", entity] => Route::Import { entity: EntityId::new(entity) },
            ["build", "entities"] => Route::Entities,
            ["build", "entities", entity] => Route::Design {
                entity: EntityId::new(entity),
                sheet: if asked("sheet").as_deref() == Some("page") { Sheet::Page } else { Sheet::Fields },
                field: asked("field").map(|field| FieldId::new(&field)),
            },
            ["forms", form, "design"] => Route::FormDesign { form: (*form).to_owned(), part: asked("part") },
            ["fill", form] => {
                let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let decode = browser::decode_component;
                let parameters = pairs.map(|(name, value)| (decode(name), decode(value))).collect();
                Route::Fill { form: (*form).to_owned(), is_preview: query == "preview", parameters }
            }
            ["forms"] => Route::Forms,
            ["kiosk", form] => Route::Kiosk { form: (*form).to_owned() },
            ["history"] => Route::History,
            ["shared"] => Route::Shared,
            ["settings"] => Route::Settings,
            ["settings", section] => Route::Setting { section: (*section).to_owned() },
            _ => Route::Unknown,
        }
    }

    /// The address of the place, for `href`.
    pub fn href(&self) -> String {
        let encode = browser::encode_component;
        match self {
            Route::Home | Route::Unknown => "#/".to_owned(),
            Route::Records { entity, view, beside, linked } => {
                let mut query = Vec::new();
                query.extend(view.as_ref().map(|view| format!("view={}", encode(view))));
                query.extend(linked.map(|linked| format!("linked={}:{}", encode(linked.via.as_str()), linked.to)));
                query.extend(beside.map(|id| format!("beside={id}")));
                let mark = if query.is_empty() { "" } else { "?" };
                format!("#/records/{}{mark}{}", encode(entity.as_str()), query.join("&"))
            }
            Route::Record { entity, id } => format!("#/record/{}/{id}", encode(entity.as_str())),
            Route::Past { entity, id, after } => {
                let after = after.map(|commit| format!("?after={commit}")).unwrap_or_default();
                format!("#/past/{}/{id}{after}", encode(entity.as_str()))
            }
            Route::Import { entity } => format!("#/import/{}", encode(entity.as_str())),
            Route::Entities => "#/build/entities".to_owned(),
            Route::Design { entity, sheet, field } => {
                let mut query = Vec::new();
                if *sheet == Sheet::Page {
                    query.push("sheet=page".to_owned());
                }
                query.extend(field.map(|field| format!("field={}", encode(field.as_str()))));
                let mark = if query.is_empty() { "" } else { "?" };
                format!("#/build/entities/{}{mark}{}", encode(entity.as_str()), query.join("&"))
            }
            Route::FormDesign { form, part } => {
                let part = part.as_ref().map(|part| format!("?part={}", encode(part))).unwrap_or_default();
                format!("#/forms/{}/design{part}", encode(form))
            }
            Route::Fill { form, is_preview, parameters } => {
                let mut query: Vec<String> =
                    parameters.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
                query.extend(is_preview.then(|| "preview".to_owned()));
                let mark = if query.is_empty() { "" } else { "?" };
                format!("#/fill/{}{mark}{}", encode(form), query.join("&"))
            }
            Route::Forms => "#/forms".to_owned(),
            Route::Kiosk { form } => format!("#/kiosk/{}", encode(form)),
            Route::History => "#/history".to_owned(),
            Route::Shared => "#/shared".to_owned(),
            Route::Settings => "#/settings".to_owned(),
            Route::Setting { section } => format!("#/settings/{}", encode(section)),
        }
    }
}

/// The place that the address names now; follows the address.
pub fn provide_route() -> RwSignal<Route> {
    let route = RwSignal::new(Route::parse(&browser::hash()));
    browser::on_hash_change(move || {
        let next = Route::parse(&browser::hash());
        if route.get_untracked() != next {
            route.set(next);
        }
    });
    layer::listen();
    provide_context(route);
    route
}

/// The place where the reader is.
pub fn use_route() -> RwSignal<Route> {
    expect_context::<RwSignal<Route>>()
}

/// Goes to a place, as a click on a link would.
pub fn go(route: &Route) {
    layer::go(&route.href());
}

/// Goes to a place without leaving a step in the browser's history.
pub fn replace(route: &Route) {
    browser::replace_hash(&route.href());
}
