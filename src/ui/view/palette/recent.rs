//! What was used lately and often on this device: records, lists and acts, by a name each. It is no part of the workspace.

use crate::model::json;
use crate::ui::browser;

/// So many are remembered.
const MOST: usize = 60;

/// What a use is worth after each further one.
const FADING: f64 = 0.92;

/// What was used, the latest and most frequent first.
pub fn used() -> Vec<String> {
    let mut kept = load();
    kept.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    kept.into_iter().map(|(name, _)| name).collect()
}

/// Notes a use; one that is noted twice in a row counts once.
pub fn note(name: &str) {
    let mut kept = load();
    let best = kept.iter().map(|(_, worth)| *worth).fold(0.0, f64::max);
    if kept.iter().any(|(other, worth)| other == name && *worth == best && best > 0.0) {
        return;
    }
    for (_, worth) in &mut kept {
        *worth *= FADING;
    }
    match kept.iter_mut().find(|(other, _)| other == name) {
        Some((_, worth)) => *worth += 1.0,
        None => kept.push((name.to_owned(), 1.0)),
    }
    kept.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    kept.truncate(MOST);
    if let Ok(text) = serde_json::to_string(&kept) {
        browser::remember("used", &text);
    }
}

fn load() -> Vec<(String, f64)> {
    browser::remembered("used").and_then(|text| json::read(&text).ok()).unwrap_or_default()
}
