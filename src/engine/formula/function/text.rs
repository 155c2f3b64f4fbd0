//! Text functions.
//!
//! They differ from a spreadsheet's in this: positions count characters (Unicode scalar values), a result is at most 32,767 of them,
//! and `TRIM` also takes full-width spaces away.

use std::borrow::Cow;

use super::argument::{Answer, count, flag, function, integer, number, one, text, with_places};
use super::compare::{Wildcard, fold};
use super::{chinese, format, math};
use crate::engine::formula::coerce;
use crate::engine::formula::function::Accepts::{Any, Flag, Number, Text, Values};
use crate::engine::formula::function::{Call, Fault, Function, Gives, Operand};
use crate::model::contact;
use crate::model::value::Value;

pub(super) static FUNCTIONS: &[Function] = &[
    function("CONCAT", &["连接", "合并文本"], &[Values], 1, 1, Gives::Text, concat),
    function("CONCATENATE", &["连接文本"], &[Values], 1, 1, Gives::Text, concat),
    function("TEXTJOIN", &["文本合并", "分隔连接"], &[Text, Flag, Values], 3, 1, Gives::Text, text_join),
    function("LEFT", &["左", "左取"], &[Text, Number], 1, 0, Gives::Text, |call| {
        let size = call.size_or(1, 1)?;
        text(call.text(0)?.chars().take(size).collect::<String>())
    }),
    function("RIGHT", &["右", "右取"], &[Text, Number], 1, 0, Gives::Text, |call| {
        let (source, size) = (call.text(0)?, call.size_or(1, 1)?);
        let skipped = source.chars().count().saturating_sub(size);
        text(source.chars().skip(skipped).collect::<String>())
    }),
    function("MID", &["中", "截取"], &[Text, Number, Number], 3, 0, Gives::Text, |call| {
        let (start, source, size) = (start_of(call, 1)?, call.text(0)?, call.size_or(2, 0)?);
        let is_ascii = source.is_ascii();
        let place = |source: &str, signs: usize| match is_ascii {
            true => signs.min(source.len()),
            false => source.char_indices().nth(signs).map_or(source.len(), |(at, _)| at),
        };
        let rest = &source[place(&source, start)..];
        text(&rest[..place(rest, size)])
    }),
    function("LEN", &["长度", "字数"], &[Text], 1, 0, Gives::Number, |call| count(call.text(0)?.chars().count())),
    function("LENB", &["字节长度"], &[Text], 1, 0, Gives::Number, |call| {
        count(call.text(0)?.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum())
    }),
    function("LOWER", &["小写"], &[Text], 1, 0, Gives::Text, |call| text(call.text(0)?.to_lowercase())),
    function("UPPER", &["大写"], &[Text], 1, 0, Gives::Text, |call| text(call.text(0)?.to_uppercase())),
    function("PROPER", &["首字母大写"], &[Text], 1, 0, Gives::Text, proper),
    function("TRIM", &["去空格"], &[Text], 1, 0, Gives::Text, |call| {
        text(call.text(0)?.split([' ', '\u{3000}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
    }),
    function("CLEAN", &["清除不可见字符"], &[Text], 1, 0, Gives::Text, |call| {
        text(call.text(0)?.chars().filter(|sign| u32::from(*sign) >= 32).collect::<String>())
    }),
    function("SUBSTITUTE", &["替换", "替换文本"], &[Text, Text, Text, Number], 3, 0, Gives::Text, substitute),
    function("REPLACE", &["按位置替换"], &[Text, Number, Number, Text], 4, 0, Gives::Text, replace),
    function("FIND", &["查找", "查找位置"], &[Text, Text, Number], 2, 0, Gives::Number, find),
    function("SEARCH", &["搜索"], &[Text, Text, Number], 2, 0, Gives::Number, search),
    function("EXACT", &["完全相同"], &[Text, Text], 2, 0, Gives::Flag, |call| flag(call.text(0)? == call.text(1)?)),
    function("REPT", &["重复"], &[Text, Number], 2, 0, Gives::Text, |call| {
        let (source, times) = (call.text(0)?, call.size_or(1, 0)?);
        let size = source.chars().count().checked_mul(times).ok_or(Fault::WrongValue)?;
        if size > LONGEST { Err(Fault::WrongValue) } else { text(source.repeat(times)) }
    }),
    function("CHAR", &["字符"], &[Number], 1, 0, Gives::Text, |call| match call.integer(0)? {
        code @ 1..=255 => unicode_sign(code),
        _ => Err(Fault::WrongValue),
    }),
    function("CODE", &["字符编码"], &[Text], 1, 0, Gives::Number, first_code),
    function("UNICHAR", &["统一码字符"], &[Number], 1, 0, Gives::Text, |call| unicode_sign(call.integer(0)?)),
    function("UNICODE", &["统一码"], &[Text], 1, 0, Gives::Number, first_code),
    function("VALUE", &["数值"], &[Text], 1, 0, Gives::Number, |call| number(coerce::number_of(call.value(0)?)?)),
    function("NUMBERVALUE", &["区域数值"], &[Text, Text, Text], 1, 0, Gives::Number, number_value),
    function("TEXT", &["文本", "格式化"], &[Any, Text], 2, 0, Gives::Text, |call| {
        text(format::format(call.value(0)?, &call.text(1)?, call.clock)?)
    }),
    function("FIXED", &["固定小数"], &[Number, Number, Flag], 1, 0, Gives::Text, fixed),
    function("T", &["仅文本"], &[Any], 1, 0, Gives::Text, |call| match call.value(0)? {
        Value::Text(source) => text(source),
        _ => text(""),
    }),
    function("N", &["仅数值"], &[Any], 1, 0, Gives::Number, |call| {
        number(call.value(0)?.as_number().unwrap_or_default())
    }),
    function("CONTAINS", &["包含"], &[Text, Text], 2, 1, Gives::Flag, |call| {
        any_of(call, |whole, part| whole.contains(part))
    }),
    function("STARTSWITH", &["开头是"], &[Text, Text], 2, 1, Gives::Flag, |call| {
        any_of(call, |whole, part| whole.starts_with(part))
    }),
    function("ENDSWITH", &["结尾是"], &[Text, Text], 2, 1, Gives::Flag, |call| {
        any_of(call, |whole, part| whole.ends_with(part))
    }),
    function("SPLIT", &["拆分", "分割"], &[Text, Text], 2, 0, Gives::Any, split),
    function("TEXTBEFORE", &["之前文本"], &[Text, Text, Number], 2, 0, Gives::Text, |call| {
        around(call, |before, _| before)
    }),
    function("TEXTAFTER", &["之后文本"], &[Text, Text, Number], 2, 0, Gives::Text, |call| {
        around(call, |_, after| after)
    }),
    function("ASC", &["半角"], &[Text], 1, 0, Gives::Text, |call| {
        text(call.text(0)?.chars().map(narrow).collect::<String>())
    }),
    function("WIDECHAR", &["全角"], &[Text], 1, 0, Gives::Text, |call| {
        text(call.text(0)?.chars().map(widen).collect::<String>())
    }),
    function("EMAILDOMAIN", &["邮箱域名"], &[Text], 1, 0, Gives::Text, email_domain),
    function("ISPHONE", &["是电话号码", "是手机号"], &[Text, Text], 1, 0, Gives::Flag, |call| {
        let calling_code = if call.arguments.len() > 1 { call.text(1)? } else { Cow::Borrowed("86") };
        flag(contact::is_phone(&call.text(0)?, &calling_code))
    }),
    function("ISEMAIL", &["是邮箱", "是电子邮箱"], &[Text], 1, 0, Gives::Flag, |call| {
        flag(contact::is_email(&call.text(0)?))
    }),
    function("MASK", &["脱敏", "遮盖"], &[Text, Number, Number], 1, 0, Gives::Text, mask),
    function("RMBUPPER", &["人民币大写", "金额大写"], &[Number], 1, 0, Gives::Text, |call| {
        text(chinese::amount(call.number(0)?)?)
    }),
];

/// The longest text that a spreadsheet's cell holds.
const LONGEST: usize = 32_767;

fn start_of(call: &Call<'_>, at: usize) -> Result<usize, Fault> {
    call.size_or(at, 1)?.checked_sub(1).ok_or(Fault::WrongValue)
}

fn limited(whole: String) -> Answer {
    if whole.len() > LONGEST && whole.chars().count() > LONGEST { Err(Fault::WrongValue) } else { text(whole) }
}

fn concat(call: &Call<'_>) -> Answer {
    let mut whole = String::new();
    for value in call.arguments.iter().flat_map(coerce::values_of) {
        whole.push_str(&coerce::local_text_of(value, call.clock));
    }
    limited(whole)
}

fn text_join(call: &Call<'_>) -> Answer {
    let (separator, skip) = (call.text(0)?, call.flag_or(1, true)?);
    let values = call.arguments.iter().skip(2).flat_map(coerce::values_of);
    let parts: Vec<_> = values
        .filter(|value| !skip || !value.is_empty())
        .map(|value| coerce::local_text_of(value, call.clock))
        .collect();
    limited(parts.join(&separator))
}

fn proper(call: &Call<'_>) -> Answer {
    let source = call.text(0)?;
    let mut whole = String::with_capacity(source.len());
    let mut inside = false;
    for sign in source.chars() {
        if inside {
            whole.extend(sign.to_lowercase());
        } else {
            whole.extend(sign.to_uppercase());
        }
        inside = sign.is_alphabetic();
    }
    text(whole)
}

fn substitute(call: &Call<'_>) -> Answer {
    let (source, old, new) = (call.text(0)?, call.text(1)?, call.text(2)?);
    if old.is_empty() {
        return text(source);
    }
    if !call.has(3) {
        return limited(source.replace(old.as_ref(), &new));
    }
    let which = call.size_or(3, 1)?.checked_sub(1).ok_or(Fault::WrongValue)?;
    match source.match_indices(old.as_ref()).nth(which) {
        Some((at, _)) => limited(format!("{}{}{}", &source[..at], new, &source[at + old.len()..])),
        None => text(source),
    }
}

fn replace(call: &Call<'_>) -> Answer {
    let (source, start, size) = (call.text(0)?, start_of(call, 1)?, call.size_or(2, 0)?);
    let mut whole: String = source.chars().take(start).collect();
    whole.push_str(&call.text(3)?);
    whole.extend(source.chars().skip(start.saturating_add(size)));
    limited(whole)
}

fn find(call: &Call<'_>) -> Answer {
    let (part, whole, start) = (call.text(0)?, call.text(1)?, start_of(call, 2)?);
    let from = whole.char_indices().map(|(at, _)| at).chain([whole.len()]).nth(start).ok_or(Fault::WrongValue)?;
    let at = whole[from..].find(part.as_ref()).ok_or(Fault::WrongValue)?;
    count(start + whole[from..from + at].chars().count() + 1)
}

fn search(call: &Call<'_>) -> Answer {
    let (part, whole, start) = (call.text(0)?, call.text(1)?, start_of(call, 2)?);
    let at = Wildcard::new(&part).find(&whole, start).ok_or(Fault::WrongValue)?;
    count(at + 1)
}

fn unicode_sign(code: i64) -> Answer {
    let sign = u32::try_from(code).ok().filter(|code| *code > 0).and_then(char::from_u32).ok_or(Fault::WrongValue)?;
    text(sign.to_string())
}

fn first_code(call: &Call<'_>) -> Answer {
    integer(u32::from(call.text(0)?.chars().next().ok_or(Fault::WrongValue)?).into())
}

fn number_value(call: &Call<'_>) -> Answer {
    let (source, point, group) = (call.text(0)?, call.text_or(1, ".")?, call.text_or(2, ",")?);
    let point = point.chars().next().ok_or(Fault::WrongValue)?;
    let group = group.chars().next();
    let plain = source.chars().filter(|sign| Some(*sign) != group && !sign.is_whitespace());
    let plain: String = plain.map(|sign| if sign == point { '.' } else { sign }).collect();
    if plain.is_empty() { integer(0) } else { number(coerce::read_number(&plain).ok_or(Fault::WrongValue)?) }
}

fn fixed(call: &Call<'_>) -> Answer {
    let digits = call.integer_or(1, 2)?;
    let x = math::rounded(call.number(0)?, digits, rust_decimal::RoundingStrategy::MidpointAwayFromZero)?;
    let decimals = usize::try_from(digits.clamp(0, 28)).unwrap_or_default();
    let plain = with_places(x, decimals);
    text(if call.flag_or(2, false)? { plain } else { format::with_separators(&plain) })
}

/// Whether the first text stands in that relation to any of the others, in any case.
fn any_of(call: &Call<'_>, relation: fn(&str, &str) -> bool) -> Answer {
    let whole = fold(&call.text(0)?);
    for at in 1..call.arguments.len() {
        let part = call.text(at)?;
        // A blank is in every text, yet nobody who asks for one wants a yes.
        if !part.is_empty() && relation(&whole, &fold(&part)) {
            return flag(true);
        }
    }
    flag(false)
}

fn split(call: &Call<'_>) -> Answer {
    let (source, separator) = (call.text(0)?, call.text(1)?);
    if separator.is_empty() {
        return Err(Fault::WrongValue);
    }
    Ok(Operand::Many(source.split(separator.as_ref()).map(Value::text).collect()))
}

fn around(call: &Call<'_>, pick: for<'t> fn(&'t str, &'t str) -> &'t str) -> Answer {
    let (source, mark, which) = (call.text(0)?, call.text(1)?, call.integer_or(2, 1)?);
    let nth =
        usize::try_from(which.unsigned_abs()).ok().and_then(|which| which.checked_sub(1)).ok_or(Fault::WrongValue)?;
    if mark.is_empty() {
        return Err(Fault::WrongValue);
    }
    let found = if which > 0 {
        source.match_indices(mark.as_ref()).nth(nth)
    } else {
        source.rmatch_indices(mark.as_ref()).nth(nth)
    };
    let (at, _) = found.ok_or(Fault::NotAvailable)?;
    text(pick(&source[..at], &source[at + mark.len()..]))
}

fn narrow(sign: char) -> char {
    if sign == '￥' { sign } else { coerce::half_width(sign) }
}

fn widen(sign: char) -> char {
    match sign {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(sign) + 0xfee0).unwrap_or(sign),
        other => other,
    }
}

fn email_domain(call: &Call<'_>) -> Answer {
    let source = call.text(0)?;
    let trimmed: Cow<'_, str> = Cow::Borrowed(source.trim().trim_end_matches('>'));
    match trimmed.rsplit_once('@') {
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() => text(domain.to_lowercase()),
        _ if trimmed.is_empty() => one(Value::Empty),
        _ => Err(Fault::NotAvailable),
    }
}

/// Keeps the first 3 and the last 4 signs, or as many as said, and puts `*` for each between them.
fn mask(call: &Call<'_>) -> Answer {
    let (source, head, tail) = (call.text(0)?, call.size_or(1, 3)?, call.size_or(2, 4)?);
    let length = source.chars().count();
    let hidden = |at: usize| at >= head && at < length.saturating_sub(tail) || length <= head.saturating_add(tail);
    text(source.chars().enumerate().map(|(at, sign)| if hidden(at) { '*' } else { sign }).collect::<String>())
}
