//! Telephone numbers, e-mail and web addresses: one spelling for each, or none.

use crate::model::text::half_width;

/// Whether a text can be read as a telephone number.
pub fn is_phone(text: &str, calling_code: &str) -> bool {
    is_plain_mobile(text, calling_code) || read_phone(text, calling_code).is_some()
}

/// Whether a text is a Chinese mobile number in its usual spelling: an import asks this of every row.
fn is_plain_mobile(text: &str, calling_code: &str) -> bool {
    let national = text.strip_prefix("+86").or((calling_code == "86").then_some(text));
    national.is_some_and(|digits| {
        matches!(digits.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
    })
}

/// Whether a text can be read as an e-mail address.
pub fn is_email(text: &str) -> bool {
    is_plain_email(text.as_bytes()) || read_email(text).is_some()
}

/// Whether a text is an address of the most usual signs only, which most are: an import asks this of every row.
fn is_plain_email(text: &[u8]) -> bool {
    let Some(at) = text.iter().position(|byte| *byte == b'@') else { return false };
    let (local, host) = (&text[..at], &text[at + 1..]);
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let is_split = |part: &[u8]| matches!(part, [] | [b'.', ..] | [.., b'.']);
    let is_label = |label: &[u8]| (1..=63).contains(&label.len()) && !matches!(label, [b'-', ..] | [.., b'-']);
    let mut labels = host.rsplit(|byte| *byte == b'.');
    text.len() <= 253
        && local.len() <= 64
        && !is_split(local)
        && local.iter().all(is_usual)
        && !local.windows(2).any(|pair| pair == b"..")
        && host.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        && labels.next().is_some_and(|top| (2..=63).contains(&top.len()) && top.iter().all(u8::is_ascii_alphabetic))
        && labels.next().is_some_and(is_label)
        && labels.all(is_label)
}

/// Reads a telephone number into E.164 (ITU-T), an extension kept as RFC 3966 writes it: `+861062345678;ext=801`.
///
/// Numbers without a country code belong to `calling_code`. China's numbering plan is known; other numbers need a plausible length.
pub fn read_phone(text: &str, calling_code: &str) -> Option<String> {
    let narrow = half_width(text);
    let text = narrow.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let (main, extension) = split_extension(text);
    let main = main.trim();
    let allowed = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '+' | '~');
    if main.is_empty() || !main.chars().all(allowed) {
        return None;
    }
    let international = main.starts_with('+') || main.starts_with("(+");
    // (0) between country and area code is dropped: +44 (0)20 7946 0018.
    let without_trunk = if international { main.replace("(0)", "") } else { main.to_owned() };
    if without_trunk.matches('+').count() > usize::from(international) {
        return None;
    }
    let mut digits: String = without_trunk.chars().filter(char::is_ascii_digit).collect();
    let mut has_country = international;
    if !international && let Some(rest) = digits.strip_prefix("00") {
        digits = rest.to_owned();
        has_country = true;
    }
    let number = if has_country {
        match digits.strip_prefix("86") {
            Some(rest) => format!("+86{}", chinese(rest)?),
            None => plausible(&digits)?,
        }
    } else if calling_code == "86" {
        match chinese(&digits) {
            Some(national) => format!("+86{national}"),
            // 86 without its plus: 8613812345678.
            None => format!("+86{}", chinese(digits.strip_prefix("86")?)?),
        }
    } else {
        let trunk = if calling_code == "39" { None } else { digits.strip_prefix('0') };
        let national = trunk.unwrap_or(&digits);
        // North America writes its 1 in front of the area code.
        let national = if calling_code == "1" && national.len() == 11 { national.strip_prefix('1')? } else { national };
        if national.len() < 6 || (calling_code == "1" && national.len() != 10) {
            return None;
        }
        plausible(&format!("{calling_code}{national}"))?
    };
    Some(if extension.is_empty() { number } else { format!("{number};ext={extension}") })
}

/// The national number as it follows +86, or nothing where China's numbering plan has no such number.
fn chinese(digits: &str) -> Option<String> {
    let bytes = digits.as_bytes();
    match bytes {
        [b'1', b'3'..=b'9', ..] if digits.len() == 11 => Some(digits.to_owned()),
        // A mobile number with the trunk 0 of older habits.
        [b'0', b'1', b'3'..=b'9', ..] if digits.len() == 12 => Some(digits[1..].to_owned()),
        [b'4', b'0', b'0', ..] | [b'8', b'0', b'0', ..] if digits.len() == 10 => Some(digits.to_owned()),
        [b'0', rest @ ..] => land_line(rest).then(|| digits[1..].to_owned()),
        // After +86 the trunk 0 is not written.
        [b'1', b'0', ..] | [b'2'..=b'9', ..] if land_line(bytes) => Some(digits.to_owned()),
        _ => None,
    }
}

/// Whether area code (10, 2x, or three digits from 3 to 9) and subscriber number (7 or 8 digits, not from 0 or 1) fit.
fn land_line(digits: &[u8]) -> bool {
    let area = match digits {
        [b'1', b'0', ..] | [b'2', ..] => 2,
        [b'3'..=b'9', ..] => 3,
        _ => return false,
    };
    let Some(subscriber) = digits.get(area..) else {
        return false;
    };
    matches!(subscriber, [b'2'..=b'9', ..])
        && if area == 2 { subscriber.len() == 8 } else { (7..=8).contains(&subscriber.len()) }
}

fn plausible(digits: &str) -> Option<String> {
    let right = (8..=15).contains(&digits.len()) && !digits.starts_with('0');
    // +1 has ten digits after it, always.
    let right = right && (!digits.starts_with('1') || digits.len() == 11);
    // One digit over and over is nobody's number.
    let varied = digits.as_bytes().iter().skip(1).any(|byte| Some(byte) != digits.as_bytes().get(1));
    (right && varied).then(|| format!("+{digits}"))
}

/// Cuts the extension off: `转801`, `ext. 801`, `x801`, `#801`, `;ext=801`, and the third group of 010-62345678-801.
fn split_extension(text: &str) -> (&str, String) {
    let lower = text.to_ascii_lowercase();
    for mark in [";ext=", "extension", "ext.", "ext", "分机号", "分机", "转", "x", "#", ","] {
        if let Some(at) = lower.find(mark) {
            let after: String =
                text[at + mark.len()..].chars().filter(|c| !matches!(c, ' ' | ':' | '.' | ')')).collect();
            let main = text[..at].trim_end_matches([' ', '(', ',', ';', '-']);
            if (1..=8).contains(&after.len()) && after.bytes().all(|byte| byte.is_ascii_digit()) {
                return (main, after);
            }
            // What follows is no extension, so the whole is no number.
            return ("", String::new());
        }
    }
    let groups: Vec<&str> = text.split('-').map(str::trim).collect();
    if let [area, subscriber, extension] = groups[..] {
        let all_digits =
            groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
        let is_land_line =
            area.starts_with('0') && (3..=4).contains(&area.len()) && (7..=8).contains(&subscriber.len());
        if all_digits && is_land_line && (1..=6).contains(&extension.len()) {
            let at = text.rfind('-').unwrap_or(text.len());
            return (&text[..at], extension.to_owned());
        }
    }
    (text, String::new())
}

/// Reads an e-mail address: the everyday part of RFC 5321, host in lower case, lengths kept.
pub fn read_email(text: &str) -> Option<String> {
    let narrow = half_width(text);
    let text = narrow.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    // "Name <address>" as mail programs copy it.
    let text = match text.rfind('<') {
        Some(at) => text[at + 1..].strip_suffix('>')?,
        None => text,
    };
    let (local, host) = text.rsplit_once('@')?;
    let special = |c: char| "!#$%&'*+/=?^_`{|}~-.".contains(c);
    let local_fits = (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_ascii_alphanumeric() || special(c) || (!c.is_ascii() && c.is_alphanumeric()));
    let host = host.to_lowercase();
    (local_fits && text.len() <= 254 && is_host(&host) && has_top_level(&host)).then(|| format!("{local}@{host}"))
}

/// Reads a web address: https is put in front where no scheme stands, scheme and host become lower case. Hosts of any script are kept.
pub fn read_url(text: &str) -> Option<String> {
    const LONGEST: usize = 2048;
    let text = text.trim();
    if text.len() > LONGEST || text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
    {
        return None;
    }
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => ("https".to_owned(), text.strip_prefix("//").unwrap_or(text)),
    };
    if !matches!(scheme.as_str(), "http" | "https" | "ftp") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // Nobody means to write a password into a customer's web address.
    if authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number > 0));
    let host = half_width(host).to_lowercase();
    let is_address = host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    let known = is_address || host == "localhost" || (is_host(&host) && has_top_level(&host));
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    (port_fits && known).then(|| format!("{scheme}://{host}{port}{path}"))
}

/// Whether labels of letters, digits and hyphens are joined by points; letters of any script.
fn is_host(host: &str) -> bool {
    host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

/// Whether the last label is a top level: letters, two at least.
fn has_top_level(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(_, last)| {
        last.starts_with("xn--") || (last.chars().count() >= 2 && last.chars().all(char::is_alphabetic))
    })
}
