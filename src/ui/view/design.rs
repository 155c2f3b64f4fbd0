//! The designer of entities: a palette of kinds, the fields in the sections of the page, an inspector, and what comes of it.

mod add;
mod begin;
mod canvas;
mod check;
mod control;
mod forecast;
mod inspector;
mod leave;
mod list;
mod number;
mod option;
mod palette;
mod preview;
mod setting;
mod subject;
mod trouble;
mod usage;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::command::Command;
use crate::engine::design;
use crate::model::definition::Definition;
use crate::model::diagnostic::Rejection;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId};
use crate::model::state::Reader;
use crate::model::view::Layout;
use crate::ui::browser;
use crate::ui::route::{Route, Sheet, replace, use_route};
use crate::ui::text::{label, t};
use crate::ui::view::workbench::{Designer, Words, Workbench};

pub use add::picture;
pub use begin::NewEntityDialog;
pub use list::list;
pub use trouble::troubles;

const WORDS: Words =
    Words { palette: "design-palette", add: "design-add-field", canvas: "design-canvas", itself: "design-itself" };

/// What the parts of the designer share.
#[derive(Clone, Copy)]
pub struct Bench {
    app: App,
    /// The entity.
    pub id: EntityId,
    entity: Memo<Option<Arc<Entity>>>,
    layout: Memo<Option<Arc<Layout>>>,
    sheet: Memo<Sheet>,
    /// The field that is looked at.
    chosen: Memo<Option<FieldId>>,
    /// A field that has just been added and may still get a better id, and how many were added before it.
    fresh: RwSignal<Option<(FieldId, u32)>>,
    /// Whether the name of what is looked at waits to be typed over.
    is_naming: RwSignal<bool>,
    /// A change of kind that somebody has to look at first.
    pending: RwSignal<Option<forecast::Pending>>,
    /// Whether it is looked at what numbering records again comes to.
    is_numbering: RwSignal<bool>,
    work: Workbench,
}

impl Bench {
    /// The designer of an entity.
    pub fn new(app: App, id: EntityId) -> Bench {
        let route = use_route();
        let entity = Memo::new(move |_| app.entity(id));
        let layout = Memo::new(move |_| {
            // The entity may stay as it is while its layout changes, so the definitions themselves are asked.
            let entity = app.entity(id)?;
            app.ask(|state| {
                let kept = layout_of(state.definition(Definition::layout_id(id)));
                Some(Arc::new(design::laid_out(&entity, kept)))
            })
        });
        let sheet = Memo::new(move |_| match &*route.read() {
            Route::Design { sheet, .. } => *sheet,
            _ => Sheet::Fields,
        });
        let chosen = Memo::new(move |_| {
            let field = if let Route::Design { field, .. } = &*route.read() { *field } else { None };
            field.filter(|field| entity.with(|entity| entity.as_ref().is_some_and(|it| it.field(*field).is_some())))
        });
        let bench = Bench {
            app,
            id,
            entity,
            layout,
            sheet,
            chosen,
            fresh: RwSignal::new(None),
            is_naming: RwSignal::new(false),
            pending: RwSignal::new(None),
            is_numbering: RwSignal::new(false),
            work: Workbench::new(app, chosen.get_untracked().is_some()),
        };
        bench.work.serve(Designer {
            words: &WORDS,
            chosen: Signal::derive(move || chosen.get().map(|field| field.to_string())),
            palette: Callback::new(move |()| palette::palette(bench)),
            itself: Callback::new(move |()| bench.choose(None)),
            dropped: Callback::new(move |carried| canvas::dropped(bench, &carried)),
            remove: Callback::new(move |key: String| leave::by_key(bench, &key)),
            focus: Callback::new(move |()| canvas::focus_row(chosen.get_untracked())),
        });
        bench
    }

    /// The entity; tracked.
    pub fn entity(self) -> Option<Arc<Entity>> {
        self.entity.get()
    }

    /// The field that is looked at; tracked.
    fn field(self) -> Option<Field> {
        let id = self.chosen.get()?;
        self.entity.with(|entity| entity.as_ref()?.field(id).cloned())
    }

    /// Looks at a field, or at the entity itself; the inspector belongs to the sheet of fields.
    fn choose(self, field: Option<FieldId>) {
        self.work.open();
        replace(&Route::Design { entity: self.id, sheet: Sheet::Fields, field });
    }

    /// Has definitions kept, and offers to take that back; `what` names what has changed.
    fn define(self, definitions: Vec<Definition>, what: &str) -> Result<(), Rejection> {
        self.work.act(Command::Define { definitions }, what)
    }

    /// Changes the entity itself.
    fn change_entity(self, control: &str, change: &dyn Fn(&mut Entity)) -> bool {
        let Some(entity) = self.entity.get_untracked() else { return false };
        let mut next = (*entity).clone();
        change(&mut next);
        if next == *entity {
            return true;
        }
        let what = label(&next.label);
        self.work.tell(control, self.define(vec![Definition::Entity(Arc::new(next))], &what))
    }

    /// Changes the field that is looked at. Where values would become others, somebody looks at that first.
    fn change_field(self, control: &str, change: &dyn Fn(&mut Field)) -> bool {
        let Some(field) = untrack(|| self.field()) else { return false };
        let mut next = field.clone();
        change(&mut next);
        if next == field {
            return true;
        }
        if next.kind != field.kind {
            return forecast::recast(self, control, next);
        }
        let Some(entity) = self.entity.get_untracked() else { return false };
        let mut whole = (*entity).clone();
        whole.fields.iter_mut().filter(|known| known.id == field.id).for_each(|known| *known = next.clone());
        self.work.tell(control, self.define(vec![Definition::Entity(Arc::new(whole))], &label(&next.label)))
    }

    /// Lays the page out anew; the fields follow its order.
    fn lay(self, layout: Layout) -> bool {
        let Some(entity) = self.entity.get_untracked() else { return false };
        let mut definitions = Vec::new();
        let ordered = design::ordered(&entity, &layout);
        if ordered != *entity {
            definitions.push(Definition::Entity(Arc::new(ordered)));
        }
        if self.layout.get_untracked().as_deref() != Some(&layout) {
            definitions.push(Definition::Layout(Arc::new(layout)));
        }
        definitions.is_empty() || self.work.tell_aloud(self.define(definitions, &t("design-page")))
    }
}

/// The sheet that is open: the palette or what is off the page, the canvas, the inspector or what the page looks like.
pub fn workbench(bench: Bench) -> AnyView {
    let beside = move || match bench.sheet.get() {
        Sheet::Page => preview::preview(bench),
        Sheet::Fields => inspector::inspector(bench),
    };
    let has_palette = Signal::derive(move || bench.sheet.get() == Sheet::Fields);
    view! {
        {bench.work.frame(has_palette, canvas::canvas(bench), beside.into_any())}
        {forecast::dialog(bench)}
        {number::dialog(bench)}
    }
    .into_any()
}

fn layout_of(definition: Option<&Definition>) -> Option<&Layout> {
    if let Some(Definition::Layout(layout)) = definition { Some(layout) } else { None }
}

/// Gives the focus to the name of a new field once it is drawn.
fn focus_name_soon() {
    request_animation_frame(|| {
        let input = browser::element("design-name").and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            let _ = input.focus();
            input.select();
        }
    });
}
