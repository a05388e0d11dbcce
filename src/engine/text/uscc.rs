//! The unified social credit code of Chinese organizations (统一社会信用代码), GB 32100-2015, with the organization code in it, GB 11714.

use crate::engine::LeadErrorKind;

/// Digits and letters without I, O, S, V and Z; the place is the value.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Of the first seventeen characters; the powers of 3 modulo 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Of the first eight characters of the organization code.
const ORGANIZATION: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The code in capitals, without the spaces and hyphens that it is written with.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn uscc(text: &str) -> Result<String, LeadErrorKind> {
    let code: String = text.chars().filter(|char| !matches!(char, ' ' | '-')).map(|char| char.to_ascii_uppercase()).collect();
    let characters: &[u8; 18] = code.as_bytes().try_into().map_err(|_| LeadErrorKind::UsccLength)?;
    let value = |byte: &u8| ALPHABET.iter().position(|known| known == byte).map(|at| at as u32);
    let values: Vec<u32> = characters.iter().map(value).collect::<Option<_>>().ok_or(LeadErrorKind::UsccCharacter)?;
    // Of the registering authority and its administrative division; the first two characters may be letters.
    let (_, organization) = characters.split_at(8);
    if characters.iter().skip(2).take(6).any(|byte| !byte.is_ascii_digit()) {
        return Err(LeadErrorKind::UsccCharacter);
    }
    // In the organization code letters go on from 10 with none left out.
    let sum: u32 = organization.iter().zip(ORGANIZATION).map(|(byte, weight)| char::from(*byte).to_digit(36).unwrap_or_default() * weight).sum();
    let wanted = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + digit as u8,
    };
    if organization.get(8) != Some(&wanted) {
        return Err(LeadErrorKind::UsccOrganization);
    }
    let sum: u32 = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    if values.last() != Some(&((31 - sum % 31) % 31)) {
        return Err(LeadErrorKind::UsccCheck);
    }
    Ok(code)
}
