//! Patterns of texts as browsers write them, where they mean the same as in the workspace.

/// What regular expressions of browsers want escaped between brackets and outside of them; there nothing else may be.
const SIGNS: &str = "^$\\.*+?()[]{}|/";

/// A pattern as a browser reads it with its flag `u`; nothing where it says what browsers do not know.
pub fn in_browser(pattern: &str) -> Option<String> {
    let mut written = String::with_capacity(pattern.len());
    let mut signs = pattern.chars().peekable();
    let mut is_class = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next()? {
                letter @ ('d' | 'D' | 'w' | 'W' | 't' | 'n' | 'r' | 'f' | 'v') => written.extend(['\\', letter]),
                letter @ ('b' | 'B') if !is_class && signs.peek() != Some(&'{') => written.extend(['\\', letter]),
                's' if is_class => written.push_str("\\t-\\r "),
                's' => written.push_str("[\\t-\\r ]"),
                'S' if !is_class => written.push_str("[^\\t-\\r ]"),
                '-' if is_class => written.push_str("\\-"),
                escaped if SIGNS.contains(escaped) => written.extend(['\\', escaped]),
                escaped if escaped.is_ascii_punctuation() && escaped != '<' && escaped != '>' => written.push(escaped),
                _ => return None,
            },
            '[' if is_class => return None,
            '[' => {
                is_class = true;
                written.push('[');
                if signs.next_if_eq(&'^').is_some() {
                    written.push('^');
                }
                // The first sign between brackets may be what closes them.
                if signs.next_if_eq(&']').is_some() {
                    written.push_str("\\]");
                }
            }
            ']' if is_class => {
                is_class = false;
                written.push(']');
            }
            // Sets taken from one another are not known to browsers of some age.
            '&' | '~' | '-' if is_class && signs.peek() == Some(&sign) => return None,
            _ if is_class => written.push(sign),
            ']' | '}' => written.extend(['\\', sign]),
            '{' => {
                let bounds: String = std::iter::from_fn(|| signs.next_if(|sign| *sign != '}')).collect();
                signs.next()?;
                let (least, most) = bounds.split_once(',').unwrap_or((&bounds, ""));
                let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                if least.is_empty() || !is_number(least) || !is_number(most) {
                    return None;
                }
                written.push_str(&format!("{{{bounds}}}"));
            }
            '(' if signs.next_if_eq(&'?').is_some() => match signs.next()? {
                ':' => written.push_str("(?:"),
                'P' if signs.next_if_eq(&'<').is_some() => written.push_str("(?<"),
                '<' => written.push_str("(?<"),
                _ => return None,
            },
            _ => written.push(sign),
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::in_browser;

    #[test]
    fn patterns_are_written_as_browsers_read_them_or_stay_at_home() {
        for (pattern, written) in [
            ("[A-Z]{2}-[0-9]{3}", "[A-Z]{2}-[0-9]{3}"),
            (r"\d{3}\-\d{4}", r"\d{3}-\d{4}"),
            (r"[\w\-.]+@x\.y", r"[\w\-.]+@x\.y"),
            (r"(?P<year>\d{4,})\s?", r"(?<year>\d{4,})[\t-\r ]?"),
            (r"[]a]}", r"[\]a]\}"),
            (r"a|(?:b)?|\#", "a|(?:b)?|#"),
            ("第[一二三]号", "第[一二三]号"),
        ] {
            assert_eq!(in_browser(pattern).as_deref(), Some(written), "{pattern}");
        }
        for pattern in ["(?i)ab", "[[:alpha:]]", r"\x41", r"\pL", r"\Aa\z", "(?x) a", "[a--b]", "a{,3}"] {
            assert_eq!(in_browser(pattern), None, "{pattern}");
        }
    }
}
