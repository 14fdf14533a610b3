//! Exact decimals: of the binary numbers that spreadsheets store, and moved by powers of ten.

use rust_decimal::Decimal;

/// The exact decimal of a spreadsheet's binary number at Excel's 15 significant digits; `None` for NaN, infinities and
/// what is beyond 28 digits.
///
/// Results smaller than 28 decimals can tell are rounded to them.
///
/// ```
/// use vietnamese::number::from_float;
/// assert_eq!(from_float(7.0000000000000009).unwrap().to_string(), "7");
/// assert_eq!(from_float(0.1 + 0.2).unwrap().to_string(), "0.3");
/// assert_eq!(from_float(f64::NAN), None);
/// ```
pub fn from_float(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    // Rust prints the nearest 15-digit decimal of the exact binary value: d.dddddddddddddde±x.
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i128 = mantissa.replace('.', "").parse().ok()?;
    let mut power = exponent.parse::<i32>().ok()? - 14;
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        power += 1;
    }
    if digits == 0 || power < -45 {
        return Some(Decimal::ZERO);
    }
    while power < -28 {
        digits = (digits + 5 * digits.signum()) / 10;
        power += 1;
    }
    times_power_of_ten(Decimal::try_from_i128_with_scale(digits, 0).ok()?, power)
}

/// A decimal times a power of ten, exactly or not at all.
pub(super) fn times_power_of_ten(value: Decimal, power: i32) -> Option<Decimal> {
    let value = value.normalize();
    let scale = i32::try_from(value.scale()).ok()?.checked_sub(power)?;
    let mantissa = match u32::try_from(-scale) {
        Ok(raise) => value.mantissa().checked_mul(10_i128.checked_pow(raise)?)?,
        Err(_) => value.mantissa(),
    };
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale.max(0)).ok()?).ok().map(|d| d.normalize())
}
