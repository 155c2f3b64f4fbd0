//! Numbers, shares, marks and amounts of money as people type them.

use rust_decimal::Decimal;

use crate::model::id::Currency;
use crate::model::text::half_width;
use crate::model::value::Money;

/// Reads a number: `1,234.5`, `１２`, `1.5万`, `3亿`, `12k`, `(5)` as bookkeepers write what is owed.
pub fn read(text: &str) -> Option<Decimal> {
    read_scaled(half_width(text).trim())
}

/// Reads a share in percent: `12.5`, `12.5%`, `百分之12.5`.
pub fn read_percent(text: &str) -> Option<Decimal> {
    let text = half_width(text);
    let text = text.trim();
    let bare = text.strip_suffix('%').or_else(|| text.strip_prefix("百分之")).unwrap_or(text);
    read_scaled(bare.trim())
}

/// Reads a mark: `4`, `4/5`, `★★★★☆`, `4星`.
pub fn read_rating(text: &str) -> Option<Decimal> {
    let text = half_width(text);
    let text = text.trim();
    if text.chars().all(|c| matches!(c, '★' | '☆' | '⭐' | '\u{fe0f}')) {
        return Some(Decimal::from(text.chars().filter(|c| matches!(c, '★' | '⭐')).count()));
    }
    let bare = text.split_once('/').map_or(text, |(mark, _)| mark);
    let bare = ["星", "分", " stars", " star"].iter().find_map(|unit| bare.strip_suffix(unit)).unwrap_or(bare);
    read_scaled(bare.trim())
}

/// Reads an amount: `1200.50`, `¥1,200.50`, `USD 30`, `30 美元`, `1.2万元`, `-$5`.
pub fn read_money(text: &str, usual: Currency) -> Option<Money> {
    let text = half_width(text);
    let text = text.trim();
    let (text, negative) = match text.strip_prefix('-') {
        // The sign may stand before the currency: -$5.
        Some(rest) if rest.starts_with(|c: char| !c.is_ascii_digit() && c != '.') => (rest.trim_start(), true),
        _ => (text, false),
    };
    let (number, currency) = split_currency(text, usual)?;
    let amount = read_scaled(number.trim())?;
    Some(Money { amount: if negative { -amount } else { amount }, currency })
}

/// The codes of the currencies that are in use.
pub fn currencies() -> impl Iterator<Item = &'static str> {
    CODES.split(' ')
}

/// Whether a text is the code of a currency that is in use.
pub fn is_currency(code: &str) -> bool {
    CODES.split(' ').any(|known| known == code)
}

fn read_scaled(text: &str) -> Option<Decimal> {
    if let Some(owed) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return read_scaled(owed.trim()).filter(|number| !number.is_sign_negative()).map(|number| -number);
    }
    for (unit, factor) in UNITS {
        if let Some(rest) = text.strip_suffix(unit) {
            let rest = rest.trim_end();
            let whole = rest.ends_with(|c: char| c.is_ascii_digit() || c == '.' || is_unit(c));
            return if whole {
                read_scaled(rest)?.checked_mul(Decimal::from(*factor)).map(|number| number.normalize())
            } else {
                None
            };
        }
    }
    read_plain(text)
}

const UNITS: &[(&str, u64)] = &[
    ("万", 10_000),
    ("萬", 10_000),
    ("亿", 100_000_000),
    ("億", 100_000_000),
    ("千", 1_000),
    ("百万", 1_000_000),
    ("w", 10_000),
    ("W", 10_000),
    ("k", 1_000),
    ("K", 1_000),
    ("m", 1_000_000),
    ("M", 1_000_000),
];

fn is_unit(c: char) -> bool {
    matches!(c, '万' | '亿' | '千' | '百')
}

/// Reads digits with a sign, a point and separators of thousands.
fn read_plain(text: &str) -> Option<Decimal> {
    const LONGEST: usize = 40;
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", text[1..].trim_start()),
        b'+' => ("", text[1..].trim_start()),
        _ => ("", text),
    };
    if digits.is_empty() || digits.len() > LONGEST {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && sign.is_empty() {
        // The usual case needs no copy; a lone or leading point is left to the careful road below.
        if !digits.starts_with('.') && !digits.ends_with('.') {
            return Decimal::from_str_exact(digits).ok();
        }
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let bare = ungrouped(whole)?;
    let mut exact = String::with_capacity(digits.len() + 2);
    exact.push_str(sign);
    exact.push_str(if bare.is_empty() { "0" } else { &bare });
    if !fraction.is_empty() {
        exact.push('.');
        exact.push_str(fraction);
    }
    Decimal::from_str_exact(&exact).ok()
}

/// The digits without separators, which must cut them into groups of three, or of four as with 万.
fn ungrouped(whole: &str) -> Option<String> {
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(whole.to_owned());
    }
    let separator =
        whole.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, ',' | ' ' | '\'' | '_' | '’' | '，'))?;
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let fits = |size: usize| {
        (1..=size).contains(&first.len())
            && rest.iter().all(|group| group.len() == size && group.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // Groups of two after the first are how India writes a lakh: 12,34,567.
    let indian = (1..=2).contains(&first.len())
        && rest.len() >= 2
        && rest.last().is_some_and(|group| group.len() == 3)
        && rest[..rest.len() - 1].iter().all(|group| group.len() == 2);
    let digits_only =
        first.bytes().chain(rest.iter().flat_map(|group| group.bytes())).all(|byte| byte.is_ascii_digit());
    (digits_only && (fits(3) || fits(4) || indian)).then(|| whole.replace(separator, ""))
}

/// Cuts the currency off an amount: a sign, a code or a name, before or after.
fn split_currency(text: &str, usual: Currency) -> Option<(&str, Currency)> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '(');
    let start = text.find(is_number)?;
    let before = text[..start].trim();
    let end = text.rfind(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')'))?;
    let end = end + 1;
    if end < start {
        return None;
    }
    let mut after = text[end..].trim_start();
    let mut number_end = text.len() - after.len();
    // 万 and the like belong to the number: 1.2万元, 3k USD.
    for (unit, _) in UNITS {
        if let Some(rest) = after.strip_prefix(unit)
            && (!rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            number_end = text.len() - rest.len();
            after = rest;
            if let Some(further) = rest.strip_prefix(['万', '亿']) {
                number_end = text.len() - further.len();
                after = further;
            }
            break;
        }
    }
    let after = after.trim();
    let number = &text[start..if number_end < end { end } else { number_end }];
    match (before.is_empty(), after.is_empty()) {
        (true, true) => Some((number, usual)),
        (false, true) => named_currency(before, usual).map(|currency| (number, currency)),
        (true, false) => named_currency(after, usual).map(|currency| (number, currency)),
        // ¥100元 and US$ 5 USD say the same twice; anything else contradicts itself.
        (false, false) => {
            let currency = named_currency(before, usual)?;
            (named_currency(after, currency)? == currency).then_some((number, currency))
        }
    }
}

fn named_currency(name: &str, usual: Currency) -> Option<Currency> {
    let upper = name.trim_end_matches('.').to_uppercase();
    match upper.as_str() {
        // The same sign stands for yen and yuan, and the dollar's for a dozen: the workspace's own is meant if it fits.
        "¥" | "元" | "块" | "圆" => {
            let fitting = matches!(usual.as_str(), "CNY" | "JPY") || upper != "¥";
            return Some(if fitting && sign_fits(&upper, usual) { usual } else { Currency::new("CNY") });
        }
        "$" => {
            let dollars = ["USD", "CAD", "AUD", "HKD", "SGD", "NZD", "TWD", "MXN"];
            return Some(if dollars.contains(&usual.as_str()) { usual } else { Currency::new("USD") });
        }
        _ => {}
    }
    let known = NAMES.iter().find(|(known, _)| *known == upper).map(|(_, code)| *code);
    let code = known.or_else(|| CODES.split(' ').find(|code| *code == upper))?;
    Some(Currency::new(code))
}

fn sign_fits(sign: &str, usual: Currency) -> bool {
    match sign {
        "¥" => matches!(usual.as_str(), "CNY" | "JPY"),
        _ => matches!(usual.as_str(), "CNY" | "TWD" | "HKD" | "MOP"),
    }
}

const NAMES: &[(&str, &str)] = &[
    ("人民币", "CNY"),
    ("人民币元", "CNY"),
    ("元人民币", "CNY"),
    ("RMB", "CNY"),
    ("RMB¥", "CNY"),
    ("CN¥", "CNY"),
    ("YUAN", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("US$", "USD"),
    ("DOLLARS", "USD"),
    ("DOLLAR", "USD"),
    ("€", "EUR"),
    ("欧元", "EUR"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("£", "GBP"),
    ("英镑", "GBP"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("HK$", "HKD"),
    ("日元", "JPY"),
    ("JP¥", "JPY"),
    ("円", "JPY"),
    ("新台币", "TWD"),
    ("台币", "TWD"),
    ("NT$", "TWD"),
    ("韩元", "KRW"),
    ("₩", "KRW"),
    ("₹", "INR"),
    ("卢比", "INR"),
    ("新加坡元", "SGD"),
    ("新币", "SGD"),
    ("S$", "SGD"),
    ("澳元", "AUD"),
    ("A$", "AUD"),
    ("加元", "CAD"),
    ("C$", "CAD"),
    ("瑞士法郎", "CHF"),
    ("澳门元", "MOP"),
    ("卢布", "RUB"),
    ("₽", "RUB"),
    ("泰铢", "THB"),
    ("฿", "THB"),
];

/// The codes of ISO 4217 that are in use, funds and metals left out.
const CODES: &str = "CNY USD EUR GBP JPY HKD TWD MOP KRW INR SGD AUD CAD CHF NZD SEK NOK DKK RUB THB MYR IDR PHP VND \
AED AFN ALL AMD ANG AOA ARS AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CDF CLP COP CRC CUP \
CVE CZK DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HNL HTG HUF ILS IQD IRR ISK JMD JOD KES KGS KHR \
KMF KPW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MRU MUR MVR MWK MXN MZN NAD NGN NIO NPR OMR PAB \
PEN PGK PKR PLN PYG QAR RON RSD RWF SAR SBD SCR SDG SHP SLE SOS SRD SSP STN SVC SYP SZL TJS TMT TND TOP TRY TTD TZS \
UAH UGX UYU UZS VES VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";
