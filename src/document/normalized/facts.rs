//! Fields and lists.

use super::bytes::Bytes;
use crate::document::model::{FieldDef, FieldType, ListBodyDef, ListDef};
use crate::program::{Country, Format, Normalizer};

pub fn field(out: &mut Bytes, field: &FieldDef) {
    out.text(&field.name.value);
    out.choice(type_code(field.ty));
    out.set(&field.values);
    out.optional(field.min.as_ref(), |out, bound| out.double(bound.value));
    out.optional(field.max.as_ref(), |out, bound| out.double(bound.value));
    out.optional(field.max_length, |out, length| out.int(i64::from(length)));
    normalizers(out, &field.normalize);
    out.choice(match field.format {
        Format::Any => 0,
        Format::Email => 1,
        Format::Uscc => 2,
    });
    out.choice(u8::from(field.from_host));
}

pub fn type_code(ty: FieldType) -> u8 {
    match ty {
        FieldType::String => 0,
        FieldType::Int => 1,
        FieldType::Double => 2,
        FieldType::Bool => 3,
        FieldType::Enum => 4,
    }
}

pub fn normalizers(out: &mut Bytes, normalizers: &[Normalizer]) {
    out.list(normalizers, |out, normalizer| match normalizer {
        Normalizer::Trim => out.choice(0),
        Normalizer::Lowercase => out.choice(1),
        Normalizer::Width => out.choice(2),
        Normalizer::Collapse => out.choice(3),
        Normalizer::Company => out.choice(4),
        Normalizer::Phone(country) => {
            out.choice(5);
            out.text(match country {
                Country::China => "CN",
                Country::UnitedStates => "US",
                Country::UnitedKingdom => "GB",
                Country::Germany => "DE",
                Country::Singapore => "SG",
                Country::HongKong => "HK",
                Country::Taiwan => "TW",
                Country::Japan => "JP",
            });
        }
    });
}

pub fn list(out: &mut Bytes, list: &ListDef) {
    out.text(&list.name.value);
    normalizers(out, &list.normalize);
    match &list.body {
        ListBodyDef::Set(values) => {
            out.choice(if list.domains { 2 } else { 0 });
            out.set(values);
        }
        ListBodyDef::Dictionary { columns, contains, pick_first, except, rows } => {
            out.choice(1);
            out.list(columns, |out, (name, ty)| {
                out.text(&name.value);
                out.choice(type_code(*ty));
            });
            out.choice(u8::from(*contains));
            out.choice(u8::from(*pick_first));
            out.set(except);
            out.list(rows, |out, row| out.texts(row));
        }
    }
}
