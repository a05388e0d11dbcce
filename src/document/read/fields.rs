//! The section `fields`.

use super::reader::{Closed, Reader};
use crate::document::keys;
use crate::document::model::{FieldDef, FieldType};
use crate::document::yaml::{Entry, Node};
use crate::program::{Country, Format, Normalizer};
use crate::report::Spanned;

const TYPES: &[(&str, FieldType)] =
    &[("string", FieldType::String), ("int", FieldType::Int), ("double", FieldType::Double), ("bool", FieldType::Bool), ("enum", FieldType::Enum)];

const COUNTRIES: &[(&str, Country)] = &[
    ("CN", Country::China),
    ("US", Country::UnitedStates),
    ("GB", Country::UnitedKingdom),
    ("DE", Country::Germany),
    ("SG", Country::Singapore),
    ("HK", Country::HongKong),
    ("TW", Country::Taiwan),
    ("JP", Country::Japan),
];

/// Reads the section.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<FieldDef> {
    let entries = reader.entries(node, "`fields`", "write `name: { type: string }` for each field");
    entries.iter().filter_map(|entry| field(reader, entry)).collect()
}

/// A type of a field or column.
pub fn field_type(reader: &mut Reader<'_>, node: &Node, what: &str) -> Option<FieldType> {
    reader.one_of(node, what, TYPES)
}

fn field(reader: &mut Reader<'_>, entry: &Entry) -> Option<FieldDef> {
    let name = reader.name(&entry.key, "a field", true);
    let what = format!("field `{}`", entry.name());
    if let Some(word) = entry.value.text().filter(|word| keys::FIELD_TYPES.contains(word)) {
        reader.wrong(&entry.value, &what, "a map", format!("write `{}: {{ type: {word} }}`", entry.name()));
        return None;
    }
    let map = reader.closed(&entry.value, &what, &keys::FIELD)?;
    let ty = map.get("type").and_then(|node| field_type(reader, node, "the type of a field"));
    let values = map.get("values").map(|node| reader.texts(node, "`values`")).unwrap_or_default();
    let values = reader.unique(values, "value");
    let country = map.get("country").and_then(|node| country(reader, node));
    let max_length = map.get("max_length").and_then(|node| reader.whole(node, "`max_length`", 1, 1_000_000));
    let mut field = FieldDef {
        name: Spanned::new(entry.name().to_string(), entry.key.span),
        ty: ty.unwrap_or(FieldType::String),
        values,
        min: map.get("min").and_then(|node| reader.number(node, "`min`")),
        max: map.get("max").and_then(|node| reader.number(node, "`max`")),
        max_length: max_length.and_then(|length| u32::try_from(length).ok()),
        normalize: normalizers(reader, map.get("normalize"), country, map.get("country").is_some(), &what),
        country,
        format: map.get("format").and_then(|node| reader.one_of(node, "`format`", &[("email", Format::Email), ("uscc", Format::Uscc)])).unwrap_or_default(),
        from_host: map.get("from").and_then(|node| reader.one_of(node, "`from`", &[("host", ())])).is_some(),
        unit: map.get("unit").and_then(|node| reader.text(node, "`unit`")).map(|unit| unit.value),
        label: reader.words(map.get("label"), "`label`"),
    };
    check_kind(reader, map, ty, &what);
    check_bounds(reader, &mut field, ty);
    if ty == Some(FieldType::Enum) && field.values.is_empty() && map.get("values").is_none_or(|node| matches!(&node.kind, crate::document::yaml::Kind::Sequence(items) if items.is_empty())) {
        reader.error("missing-key", name.as_ref().map_or(entry.key.span, |name| name.span), format!("{what} is an enum without values"), "add `values: [first, second]`");
    }
    // A broken name is not known anywhere: the field is left out with it.
    field.name = name?;
    ty.map(|_| field)
}

/// Keys that mean nothing for the field's type.
fn check_kind(reader: &mut Reader<'_>, map: Closed<'_>, ty: Option<FieldType>, what: &str) {
    let Some(ty) = ty else { return };
    let rules: [(&str, &[FieldType], &str); 7] = [
        ("values", &[FieldType::Enum], "an enum"),
        ("min", &[FieldType::Int, FieldType::Double], "an int or double"),
        ("max", &[FieldType::Int, FieldType::Double], "an int or double"),
        ("max_length", &[FieldType::String], "a string"),
        ("normalize", &[FieldType::String], "a string"),
        ("country", &[FieldType::String], "a string"),
        ("format", &[FieldType::String], "a string"),
    ];
    for (key, types, kind) in rules {
        if let Some(node) = map.get(key).filter(|_| !types.contains(&ty)) {
            reader.error("misplaced-key", super::reader::place(node), format!("{what} is not {kind}, so `{key}` means nothing"), format!("take `{key}` out, or change the type"));
        }
    }
}

fn check_bounds(reader: &mut Reader<'_>, field: &mut FieldDef, ty: Option<FieldType>) {
    const SAFE: f64 = 9_007_199_254_740_991.0;
    if ty == Some(FieldType::Int) {
        for (key, bound) in [("min", &mut field.min), ("max", &mut field.max)] {
            let Some(number) = bound else { continue };
            if number.value.fract() != 0.0 {
                reader.error("wrong-type", number.span, format!("`{key}` of an int must be a whole number"), "leave the decimals out, or make the field a double");
                *bound = None;
            } else if number.value.abs() > SAFE {
                reader.error("out-of-range", number.span, format!("`{key}` is beyond 9007199254740991"), "larger whole numbers are not exact in a browser");
                *bound = None;
            }
        }
    }
    if let (Some(min), Some(max)) = (&field.min, &field.max)
        && min.value > max.value {
            let problem = crate::report::Diagnostic::error("bad-range", max.span, format!("`max` of field `{}` is below its `min`", field.name.value));
            reader.diagnostics.push(problem.related(min.span, "`min` is given here").help("exchange the two numbers"));
        }
}

/// A country's word.
pub fn country(reader: &mut Reader<'_>, node: &Node) -> Option<Country> {
    reader.one_of(node, "`country`", COUNTRIES)
}

/// Normalizers, the country of `phone` filled in.
pub fn normalizers(reader: &mut Reader<'_>, node: Option<&Node>, country: Option<Country>, country_given: bool, what: &str) -> Vec<Normalizer> {
    const PHONE: Normalizer = Normalizer::Phone(Country::China);
    let words = [
        ("trim", Normalizer::Trim),
        ("lowercase", Normalizer::Lowercase),
        ("width", Normalizer::Width),
        ("collapse", Normalizer::Collapse),
        ("phone", PHONE),
        ("company", Normalizer::Company),
    ];
    let Some(node) = node else { return Vec::new() };
    let mut found = Vec::new();
    for item in reader.items(node, "`normalize`", "write a list: [trim, lowercase]") {
        match (reader.one_of(item, "a normalizer", &words), country) {
            (Some(PHONE), Some(country)) => found.push(Normalizer::Phone(country)),
            (Some(PHONE), None) if country_given => {}
            (Some(PHONE), None) => {
                reader.error("missing-key", item.span, format!("{what} has `phone` but no `country`"), "add `country`, the country of numbers without a country code: CN, US …");
            }
            (Some(normalizer), _) => found.push(normalizer),
            (None, _) => {}
        }
    }
    found
}
