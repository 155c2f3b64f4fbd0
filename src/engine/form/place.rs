//! Addresses and positions.

use rust_decimal::Decimal;

use crate::model::text::half_width;
use crate::model::value::Place;

/// Reads an address: the provinces of China are recognised, anything else is kept as the street.
pub fn read_address(text: &str) -> Option<Place> {
    let narrow = half_width(text);
    let mut rest = narrow.trim();
    let mut place = Place::default();
    for country in ["中华人民共和国", "中国", "China"] {
        if let Some(further) = rest.strip_prefix(country) {
            place.country = "中国".to_owned();
            rest = further.trim_start_matches([' ', ',', '，', '·', '-', '/']);
            break;
        }
    }
    if let Some((region, further)) = province(rest) {
        place.region = region.to_owned();
        rest = further.trim_start_matches([' ', ',', '，', '·', '-', '/']);
        if is_municipality(region) {
            place.city = region.to_owned();
            // 北京北京市朝阳区 repeats the city.
            let repeated = rest.strip_prefix(region).map(|after| after.strip_prefix('市').unwrap_or(after));
            rest = repeated.unwrap_or(rest).trim_start_matches([' ', ',', '，', '-', '/']);
        } else if let Some((city, further)) = city(rest) {
            place.city = city.to_owned();
            rest = further.trim_start_matches([' ', ',', '，', '·', '-', '/']);
        }
    } else if let Some((city, further)) = city(rest).filter(|(city, _)| !city.is_ascii()) {
        place.city = city.to_owned();
        rest = further.trim_start_matches([' ', ',', '，', '·', '-', '/']);
    }
    let (street, postcode) = split_postcode(rest);
    place.street = street.to_owned();
    place.postcode = postcode.to_owned();
    (place != Place::default()).then_some(place)
}

/// Reads a position: `22.54,114.05`, latitude first, in degrees.
pub fn read_location(text: &str) -> Option<Place> {
    let narrow = half_width(text);
    let (north, east) = narrow.trim().split_once([',', ';', '，', ' '])?;
    let degrees = |text: &str, positive: char, negative: char| {
        let bare = text.trim().trim_end_matches('°');
        let (bare, sign) = match bare.strip_suffix([negative, negative.to_ascii_lowercase()]) {
            Some(rest) => (rest, -Decimal::ONE),
            None => (bare.strip_suffix([positive, positive.to_ascii_lowercase()]).unwrap_or(bare), Decimal::ONE),
        };
        let bare = bare.trim().trim_end_matches('°').trim();
        bare.parse::<Decimal>().ok().and_then(|degrees| degrees.checked_mul(sign))
    };
    let latitude = degrees(north, 'N', 'S').filter(|degrees| degrees.abs() <= Decimal::from(90))?;
    let longitude = degrees(east, 'E', 'W').filter(|degrees| degrees.abs() <= Decimal::from(180))?;
    Some(Place { latitude: Some(latitude), longitude: Some(longitude), ..Place::default() })
}

/// The address as one line; reading it gives the place back where it was read from one.
pub fn address_line(place: &Place) -> String {
    let municipality = is_municipality(&place.region) && place.city == place.region;
    let chinese = !place.region.is_ascii() || !place.city.is_ascii() || !place.country.is_ascii();
    let city = if municipality { "" } else { place.city.as_str() };
    let parts = [place.country.as_str(), &place.region, city, &place.street, &place.postcode];
    let filled = parts.into_iter().filter(|part| !part.is_empty());
    // Chinese addresses run on; a blank keeps the parts apart where running on would change what they say.
    let mut line = String::new();
    for part in filled {
        if !line.is_empty() {
            line.push_str(if chinese { " " } else { ", " });
        }
        line.push_str(part);
    }
    line
}

/// The position as text, or nothing.
pub fn location_text(place: &Place) -> Option<String> {
    match (place.latitude, place.longitude) {
        (Some(latitude), Some(longitude)) => Some(format!("{latitude},{longitude}")),
        _ => None,
    }
}

fn is_municipality(region: &str) -> bool {
    matches!(region, "北京" | "上海" | "天津" | "重庆")
}

/// The province with which a text begins, by its short name, and the rest.
fn province(text: &str) -> Option<(&'static str, &str)> {
    let (name, full) = PROVINCES.iter().find(|(name, _)| text.starts_with(name))?;
    // 广西自治区 and 广东省 alike: the long name may be shortened.
    let rest = text
        .strip_prefix(full)
        .or_else(|| text[name.len()..].strip_prefix("自治区"))
        .or_else(|| text[name.len()..].strip_prefix("特区"));
    let bare = &text[name.len()..];
    // 吉林市 and 海南州 are no provinces: what follows the short name decides.
    let is_other = rest.is_none() && !is_municipality(name) && bare.starts_with(['市', '州', '路', '街', '大']);
    if is_other {
        return None;
    }
    Some((name, rest.unwrap_or(bare)))
}

/// The city with which a text begins, without 市, and the rest.
fn city(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 8;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if count > LONGEST || matches!(c, '区' | '县' | '路' | '街' | '号' | '镇' | ',') || c.is_ascii_digit() {
            return None;
        }
        if c == ' ' {
            // A blank after two characters or more ends the city as well: 深圳 南山区.
            return (count >= 2 && !text.is_ascii()).then(|| (&text[..at], &text[at + 1..]));
        }
        // 市 at the very start or before 场 and 政 is no city's end.
        let rest = &text[at + c.len_utf8()..];
        if c == '市' && count >= 2 && !rest.starts_with(['场', '政']) {
            return Some((&text[..at], rest));
        }
        for suffix in ["自治州", "地区", "盟"] {
            if count >= 2 && text[at..].starts_with(suffix) {
                let end = at + suffix.len();
                return Some((&text[..end], &text[end..]));
            }
        }
    }
    let count = text.chars().count();
    ((2..=4).contains(&count) && !text.is_ascii()).then_some((text, ""))
}

/// Cuts a Chinese postal code off the end.
fn split_postcode(text: &str) -> (&str, &str) {
    let bare = text.trim();
    match bare.rsplit_once([' ', ',', '，']) {
        Some((street, code)) if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            (street.trim_end_matches([' ', ',', '，']), code)
        }
        _ => (bare, ""),
    }
}

/// Short and full names of the provinces, municipalities, autonomous and special administrative regions.
const PROVINCES: &[(&str, &str)] = &[
    ("北京", "北京市"),
    ("上海", "上海市"),
    ("天津", "天津市"),
    ("重庆", "重庆市"),
    ("广东", "广东省"),
    ("江苏", "江苏省"),
    ("浙江", "浙江省"),
    ("山东", "山东省"),
    ("河南", "河南省"),
    ("四川", "四川省"),
    ("湖北", "湖北省"),
    ("湖南", "湖南省"),
    ("福建", "福建省"),
    ("安徽", "安徽省"),
    ("河北", "河北省"),
    ("陕西", "陕西省"),
    ("江西", "江西省"),
    ("辽宁", "辽宁省"),
    ("云南", "云南省"),
    ("广西", "广西壮族自治区"),
    ("山西", "山西省"),
    ("贵州", "贵州省"),
    ("黑龙江", "黑龙江省"),
    ("吉林", "吉林省"),
    ("内蒙古", "内蒙古自治区"),
    ("新疆", "新疆维吾尔自治区"),
    ("甘肃", "甘肃省"),
    ("海南", "海南省"),
    ("宁夏", "宁夏回族自治区"),
    ("青海", "青海省"),
    ("西藏", "西藏自治区"),
    ("香港", "香港特别行政区"),
    ("澳门", "澳门特别行政区"),
    ("台湾", "台湾省"),
];
