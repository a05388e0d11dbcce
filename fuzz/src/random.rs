//! Values made from a seed, so that an input is all that a finding needs.

use leadgate::cel::Type;
use serde_json::{Value as Json, json};

/// A small generator of pseudo-random numbers (xorshift).
pub struct Random(u64);

impl Random {
    /// Seeded by bytes (FNV-1a).
    pub fn of(bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)) | 1)
    }

    /// A number below another.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// A value of a type, or now and then of another, in proto3 JSON.
    pub fn value(&mut self, ty: &Type, depth: usize) -> Json {
        let many = |random: &mut Self| if depth == 0 { 0 } else { random.below(4) };
        match ty {
            Type::Null => json!({ "nullValue": null }),
            Type::Bool => json!({ "boolValue": self.below(2) == 0 }),
            Type::Int => json!({ "int64Value": self.pick(&["0", "1", "-1", "2", "7", "100", "9223372036854775807", "-9223372036854775808", "1577934245"]) }),
            Type::Uint => json!({ "uint64Value": self.pick(&["0", "1", "2", "64", "18446744073709551615"]) }),
            Type::Double => json!({ "doubleValue": self.pick(&["0", "-0.0", "1.5", "-2", "1e300", "5e-324", "NaN", "Infinity", "-Infinity", "9007199254740993"]) }),
            Type::String => json!({ "stringValue": self.pick(&["", "a", "ab", "上海", "a,b,c", "12", "1h", "2026-11-21T09:00:00+08:00", "%s %d", "\u{0}\u{1f600}", "a@b.cn"]) }),
            Type::Bytes => json!({ "bytesValue": self.pick(&["", "YQ==", "/w==", "AAEC"]) }),
            Type::Timestamp => json!({ "objectValue": { "@type": "type.googleapis.com/google.protobuf.Timestamp",
                "value": self.pick(&["1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "2026-11-21T09:00:00+08:00"]) } }),
            Type::Duration => json!({ "objectValue": { "@type": "type.googleapis.com/google.protobuf.Duration", "value": self.pick(&["0s", "1.5s", "-3600s", "9223372036s"]) } }),
            Type::List(element) => {
                let values: Vec<Json> = (0..many(self)).map(|_| self.value(element, depth - 1)).collect();
                json!({ "listValue": { "values": values } })
            }
            Type::Map(key, value) => {
                let key = if **key == Type::Dyn { Type::String } else { (**key).clone() };
                let mut entries: Vec<Json> = Vec::new();
                for _ in 0..many(self) {
                    let key = self.value(&key, 0);
                    if entries.iter().all(|entry| entry["key"] != key) {
                        entries.push(json!({ "key": key, "value": self.value(value, depth - 1) }));
                    }
                }
                json!({ "mapValue": { "entries": entries } })
            }
            Type::Type(_) => json!({ "typeValue": "int" }),
            _ => {
                let types = [Type::Null, Type::Bool, Type::Int, Type::Uint, Type::Double, Type::String, Type::Bytes, Type::Timestamp, Type::Duration,
                    Type::List(Type::Dyn.into()), Type::Map(Type::Dyn.into(), Type::Dyn.into())];
                let ty = types[self.below(if depth == 0 { 9 } else { types.len() })].clone();
                self.value(&ty, depth)
            }
        }
    }
}
