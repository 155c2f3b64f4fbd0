//! Numbers in Chinese: the capital signs of cheques and contracts, and the everyday ones.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::engine::formula::function::Fault;

/// Which signs a number is written with.
pub(super) struct Signs {
    digits: [&'static str; 10],
    /// Ten, hundred, thousand.
    units: [&'static str; 4],
}

/// 壹贰叁: signs that cannot be altered, for amounts.
pub(super) const CAPITAL: Signs = Signs {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    units: ["", "拾", "佰", "仟"],
};

/// 一二三: everyday signs.
pub(super) const EVERYDAY: Signs = Signs {
    digits: ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["", "十", "百", "千"],
};

const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// An amount in yuan as contracts write it: 123.45 is 壹佰贰拾叁元肆角伍分.
pub(super) fn amount(yuan: Decimal) -> Result<String, Fault> {
    let rounded = yuan.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let cents = rounded.abs().checked_mul(Decimal::ONE_HUNDRED).and_then(|cents| cents.to_u64());
    let cents = cents.ok_or(Fault::WrongNumber)?;
    let (whole, dimes, cents) = (cents / 100, cents / 10 % 10, cents % 10);
    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('负');
    }
    if whole > 0 || dimes + cents == 0 {
        text.push_str(&integer(whole, &CAPITAL)?);
        text.push('元');
    }
    if dimes + cents == 0 {
        text.push('整');
        return Ok(text);
    }
    if dimes > 0 {
        text.push_str(CAPITAL.digits[dimes as usize]);
        text.push('角');
    } else if whole > 0 {
        text.push('零');
    }
    if cents > 0 {
        text.push_str(CAPITAL.digits[cents as usize]);
        text.push('分');
    } else {
        text.push('整');
    }
    Ok(text)
}

/// A number with its places named: 1050.5 is 壹仟零伍拾.伍.
pub(super) fn number(number: Decimal, signs: &Signs) -> Result<String, Fault> {
    let number = number.normalize();
    let mut text = if number.is_sign_negative() && !number.is_zero() { "-".to_owned() } else { String::new() };
    let size = number.abs();
    text.push_str(&integer(size.trunc().to_u64().ok_or(Fault::WrongNumber)?, signs)?);
    if let Some((_, fraction)) = size.to_string().split_once('.') {
        text.push('.');
        text.extend(fraction.bytes().map(|digit| signs.digits[usize::from(digit - b'0')]));
    }
    Ok(text)
}

fn integer(number: u64, signs: &Signs) -> Result<String, Fault> {
    if number >= 10u64.pow(16) {
        return Err(Fault::WrongNumber);
    }
    if number == 0 {
        return Ok(signs.digits[0].to_owned());
    }
    let mut text = String::new();
    let mut zero = false;
    for group in (0..4u32).rev() {
        let part = number / 10_000u64.pow(group) % 10_000;
        if part == 0 {
            zero = !text.is_empty();
            continue;
        }
        for place in (0..4u32).rev() {
            let digit = (part / 10u64.pow(place) % 10) as usize;
            if digit == 0 {
                zero = !text.is_empty();
                continue;
            }
            if zero {
                text.push_str(signs.digits[0]);
                zero = false;
            }
            text.push_str(signs.digits[digit]);
            text.push_str(signs.units[place as usize]);
        }
        // The zeros that end a group need no sign of their own unless a digit follows.
        let below_is_written = group == 3 && !(number / 10_000u64.pow(2)).is_multiple_of(10_000);
        text.push_str(if below_is_written { "万" } else { GROUPS[group as usize] });
    }
    Ok(text)
}
