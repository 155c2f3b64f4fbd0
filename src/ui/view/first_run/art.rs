//! The pictures of packs, by the icon that a pack names.

/// A picture of 240 by 104, drawn with the classes `tone`, `paper`, `ink` and `dot` of the sheet.
pub struct Art {
    /// The hue of its tones.
    pub hue: &'static str,
    /// Its shapes, as SVG.
    pub shapes: &'static str,
}

/// The picture for an icon; one that suits every trade where there is none of its own.
pub fn of(icon: &str) -> Art {
    match icon {
        "factory" => Art {
            hue: "orange",
            shapes: concat!(
                r#"<circle class="tone" cx="200" cy="90" r="44"/><path class="paper" d="M70 88V46l28 18V46l28 18V46l28 18V30h16v58z"/>"#,
                r#"<path class="ink" d="M84 76h10M108 76h10M132 76h10"/><circle class="dot" cx="162" cy="20" r="4"/>"#,
                r#"<path class="ink" d="M50 88h140" opacity=".4"/>"#
            ),
        },
        "graduation-cap" => Art {
            hue: "amber",
            shapes: concat!(
                r#"<circle class="tone" cx="44" cy="88" r="46"/><path class="paper" d="M120 26 64 48l56 22 56-22z"/>"#,
                r#"<path class="ink" d="M88 58v20c0 6 14 12 32 12s32-6 32-12V58M176 48v24"/><circle class="dot" cx="176" cy="76" r="4"/>"#
            ),
        },
        "shopping-cart" => Art {
            hue: "pink",
            shapes: concat!(
                r#"<circle class="tone" cx="190" cy="30" r="48"/><path class="paper" d="M84 42h56l5 46H79z"/>"#,
                r#"<path class="ink" d="M98 48v-8a14 14 0 0 1 28 0v8"/><path class="paper" d="M146 62h26l3 26h-32z"/>"#,
                r#"<path class="dot" d="m112 58 3 6 7 1-5 5 1 7-6-3-6 3 1-7-5-5 7-1z"/>"#
            ),
        },
        "building-2" => Art {
            hue: "teal",
            shapes: concat!(
                r#"<circle class="tone" cx="46" cy="30" r="44"/><path class="paper" d="M104 88V40h32v48zM72 88V58h32v30z"/>"#,
                r#"<path class="ink" d="M120 40V18M120 22h52M172 22v16M148 22v-4M112 52h16M112 64h16M112 76h16M82 68h12M82 78h12M60 88h120"/>"#,
                r#"<path class="dot" d="M166 38h12v10h-12z"/>"#
            ),
        },
        "briefcase" => Art {
            hue: "green",
            shapes: concat!(
                r#"<circle class="tone" cx="196" cy="84" r="46"/><path class="paper" d="M76 46h88v40a4 4 0 0 1-4 4H80a4 4 0 0 1-4-4z"/>"#,
                r#"<path class="ink" d="M104 46v-8a6 6 0 0 1 6-6h20a6 6 0 0 1 6 6v8M76 62h88"/>"#,
                r#"<rect class="dot" x="114" y="57" width="12" height="10" rx="2"/>"#
            ),
        },
        _ => Art {
            hue: "gray",
            shapes: concat!(
                r#"<circle class="tone" cx="48" cy="84" r="44"/><rect class="paper" x="82" y="22" width="34" height="30" rx="6"/>"#,
                r#"<rect class="paper" x="124" y="22" width="34" height="30" rx="6"/><rect class="paper" x="82" y="60" width="34" height="30" rx="6"/>"#,
                r#"<path class="ink" d="M141 64v22M130 75h22"/><circle class="dot" cx="99" cy="37" r="4"/>"#,
                r#"<path class="ink" d="M132 37h18M90 75h18"/>"#
            ),
        },
    }
}
