//! The designer of entities: a palette of kinds, the fields in the sections of the page, an inspector, and what comes of it.

mod add;
mod begin;
mod canvas;
mod check;
mod control;
mod forecast;
mod hold;
mod inspector;
mod key;
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

use crate::app::{App, ToastAction};
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
use crate::ui::part::{Carried, Drag, DragRules};
use crate::ui::route::{Route, Sheet, replace, use_route};
use crate::ui::text::{diagnostic, label, t};

pub use add::picture;
pub use begin::NewEntityDialog;
pub use control::part;
pub use hold::{hold_focus, keep_when_leaving, pressed as press_on_canvas, released as release_on_canvas};
pub use key::pressed as carry_by_key;
pub use list::list;
pub use trouble::troubles;

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
    /// Whether the inspector lies open on a narrow screen.
    is_open: RwSignal<bool>,
    /// A field that has just been added and may still get a better id, and how many were added before it.
    fresh: RwSignal<Option<(FieldId, u32)>>,
    /// Whether the name of what is looked at waits to be typed over.
    is_naming: RwSignal<bool>,
    /// What was wrong with the last change, by the control that asked for it.
    wrong: RwSignal<Option<(String, String)>>,
    /// A change of kind that somebody has to look at first.
    pending: RwSignal<Option<forecast::Pending>>,
    drag: Drag,
    /// What is told to those who do not see.
    said: RwSignal<String>,
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
        let rules = DragRules {
            thing: "[data-key]",
            zone: ".design [data-zone]",
            scroller: ".design__canvas",
            copy: "design__carried",
        };
        let kept = StoredValue::new(None::<Bench>);
        let dropped = Callback::new(move |carried: Carried| {
            if let Some(bench) = kept.get_value() {
                canvas::dropped(bench, &carried);
            }
        });
        let is_open = RwSignal::new(chosen.get_untracked().is_some());
        let bench = Bench {
            app,
            id,
            entity,
            layout,
            sheet,
            chosen,
            is_open,
            fresh: RwSignal::new(None),
            is_naming: RwSignal::new(false),
            wrong: RwSignal::new(None),
            pending: RwSignal::new(None),
            drag: Drag::new(rules, dropped),
            said: RwSignal::new(String::new()),
        };
        kept.set_value(Some(bench));
        keep_when_leaving(app);
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
        self.is_open.set(true);
        self.wrong.set(None);
        replace(&Route::Design { entity: self.id, sheet: Sheet::Fields, field });
    }

    /// Has definitions kept, and offers to take that back; `what` names what has changed.
    fn define(self, definitions: Vec<Definition>, what: &str) -> Result<(), Rejection> {
        self.act(Command::Define { definitions }, what)
    }

    fn act(self, command: Command, what: &str) -> Result<(), Rejection> {
        self.app.dispatch(command)?;
        self.wrong.set(None);
        self.app.toast("design-changed", vec![("name", what.to_owned())], ToastAction::Undo);
        Ok(())
    }

    /// The same; what is wrong is said at a control.
    fn tell(self, control: &str, done: Result<(), Rejection>) -> bool {
        let sentence = done.err().and_then(|refused| refused.diagnostics.first().map(diagnostic));
        let is_done = sentence.is_none();
        self.wrong.set(sentence.map(|sentence| (control.to_owned(), sentence)));
        is_done
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
        self.tell(control, self.define(vec![Definition::Entity(Arc::new(next))], &what))
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
        self.tell(control, self.define(vec![Definition::Entity(Arc::new(whole))], &label(&next.label)))
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
        let done = if definitions.is_empty() { Ok(()) } else { self.define(definitions, &t("design-page")) };
        if let Err(refused) = &done {
            self.app.toast_rejection(refused);
        }
        done.is_ok()
    }

    /// What a control did wrong, if it was the last one; tracked.
    fn wrong_at(self, control: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.wrong.get().filter(|(at, _)| at == control).map(|(_, sentence)| sentence))
    }
}

/// The sheet that is open: the palette or what is off the page, the canvas, the inspector or what the page looks like.
pub fn workbench(bench: Bench) -> AnyView {
    let is_page = move || bench.sheet.get() == Sheet::Page;
    let escape = move |event: web_sys::KeyboardEvent| {
        let is_carrying = bench.drag.carried.get_untracked().is_some();
        if event.key() == "Escape" && !event.default_prevented() && !is_carrying && bench.is_open.get_untracked() {
            bench.is_open.set(false);
            key::focus_row(bench.chosen.get_untracked());
        }
    };
    view! {
        <div
            class="page__body design__bench"
            data-sheet=move || if is_page() { "page" } else { "fields" }
            data-open=move || bench.is_open.get().then_some("")
            node_ref=bench.drag.container
            on:pointerdown=move |event| {
                press_on_canvas(&event);
                bench.drag.down(&event);
            }
            on:pointermove=move |event| bench.drag.moved(&event)
            on:pointerup=move |event| {
                bench.drag.up(&event);
                release_on_canvas(&event);
            }
            on:pointercancel=move |_| bench.drag.cancel()
            on:keydown=move |event| {
                key::pressed(bench.drag, bench.said, &event);
                leave::by_key(bench, &event);
                escape(event);
            }
        >
            <p class="sr-only" role="status">{move || bench.said.get()}</p>
            {move || (!is_page()).then(|| view! {
                <aside class="design__palette" aria-label=t("design-palette")>{palette::palette(bench)}</aside>
            })}
            <section class="design__canvas" tabindex="0" aria-label=t("design-canvas")>{canvas::canvas(bench)}</section>
            {move || match bench.sheet.get() {
                Sheet::Page => preview::preview(bench),
                Sheet::Fields => inspector::inspector(bench),
            }}
        </div>
        {forecast::dialog(bench)}
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
