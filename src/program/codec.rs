//! Reading and writing the parts of a program.
//!
//! One description per type serves both directions, so what is written is what is read. Numbers are LEB128 (signed ones zigzag), doubles
//! eight bytes little endian, texts and sequences preceded by their length. Every value has exactly one encoding, and reading refuses any other: equal programs have equal bytes.


use crate::engine::text::utf8;

use super::{LoadErrorKind as Kind, MAX_DEPTH, Shared};

/// Bytes being written.
#[derive(Default)]
pub struct Writer {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// An unsigned number.
    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7F) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
}

/// Bytes being read.
///
/// The first failure stands: after it nothing is left to read, so every number is zero, every text and sequence empty, and it is enough to ask once, at the end.
pub struct Reader<'a> {
    rest: &'a [u8],
    failure: Option<(Kind, usize)>,
    /// How many values stand around what is read.
    nesting: u16,
}

impl<'a> Reader<'a> {
    /// Reads from the beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, failure: None, nesting: 0 }
    }

    /// Leaves unread what is left.
    #[cfg(not(feature = "full"))]
    pub fn skip_rest(&mut self) {
        self.rest = &[];
    }

    /// What went wrong first, and how many bytes were left then; bytes that are left now are a failure as well.
    pub fn finish(mut self) -> Result<(), (Kind, usize)> {
        if !self.rest.is_empty() {
            self.fail(Kind::Trailing);
        }
        self.failure.map_or(Ok(()), Err)
    }

    /// Something is wrong where the reader stands.
    #[cold]
    #[inline(never)]
    pub fn fail(&mut self, kind: Kind) {
        if self.failure.is_none() {
            self.failure = Some((kind, self.rest.len()));
        }
        self.rest = &[];
    }

    /// How many bytes are left.
    #[cfg(feature = "full")]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next `count` bytes; none of them where there are fewer.
    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let Some((taken, rest)) = self.rest.split_at_checked(count) else {
            self.fail(Kind::Truncated);
            return &[];
        };
        self.rest = rest;
        taken
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    /// An unsigned number in its shortest form, at most `most`.
    pub fn number(&mut self, most: u64) -> u64 {
        let mut value = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7F) << shift;
            let last = byte & 0x80 == 0;
            if (last && byte == 0 && shift > 0) || (shift == 63 && byte > 1) || (last && value > most) {
                self.fail(Kind::Number);
                return 0;
            }
            if last {
                return value;
            }
            shift += 7;
        }
    }

    /// A length: never more than there are bytes left, so that a false one cannot make the reader allocate.
    pub fn length(&mut self) -> usize {
        let length = self.number(u64::MAX);
        if length > self.rest.len() as u64 {
            self.fail(Kind::Truncated);
            return 0;
        }
        length as usize
    }

    /// Reads as many items as a length before them says.
    // Not a part of what reads each type of items: there it would be made anew, in the page's download, for every type.
    #[inline(never)]
    fn items(&mut self, read: &mut dyn FnMut(&mut Self)) {
        // Every item is at least one byte, so the length is bounded by the bytes that are left.
        let mut left = self.length();
        while left > 0 && self.failure.is_none() {
            read(self);
            left -= 1;
        }
    }

    /// What stands within a value.
    #[inline(always)]
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            self.fail(Kind::Depth);
        }
        let found = read(self);
        self.nesting -= 1;
        found
    }

    /// A text after its length.
    pub fn text(&mut self) -> &'a str {
        let length = self.length();
        utf8(self.take(length)).unwrap_or_else(|| {
            self.fail(Kind::Text);
            ""
        })
    }
}

/// A part of a program that can be written and read.
pub trait Part: Sized {
    /// Writes it.
    fn write(&self, out: &mut Writer);
    /// Reads it.
    fn read(from: &mut Reader) -> Self;
}

macro_rules! unsigned {
    ($($ty:ty),*) => {$(
        impl Part for $ty {
            fn write(&self, out: &mut Writer) {
                out.number(u64::from(*self));
            }
            fn read(from: &mut Reader) -> Self {
                from.number(u64::from(<$ty>::MAX)) as $ty
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

impl Part for i64 {
    fn write(&self, out: &mut Writer) {
        out.number(((*self << 1) ^ (*self >> 63)) as u64);
    }
    fn read(from: &mut Reader) -> Self {
        let coded = from.number(u64::MAX);
        (coded >> 1) as i64 ^ -((coded & 1) as i64)
    }
}

impl Part for f64 {
    fn write(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.to_bits().to_le_bytes());
    }
    fn read(from: &mut Reader) -> Self {
        Self::from_le_bytes(from.take(8).try_into().unwrap_or_default())
    }
}

impl Part for bool {
    fn write(&self, out: &mut Writer) {
        out.bytes.push(u8::from(*self));
    }
    fn read(from: &mut Reader) -> Self {
        let byte = from.byte();
        if byte > 1 {
            from.fail(Kind::Tag);
        }
        byte == 1
    }
}

impl Part for String {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        out.bytes.extend_from_slice(self.as_bytes());
    }
    fn read(from: &mut Reader) -> Self {
        from.text().to_owned()
    }
}

impl Part for Shared<str> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        out.bytes.extend_from_slice(self.as_bytes());
    }
    fn read(from: &mut Reader) -> Self {
        from.text().into()
    }
}

impl<T: Part> Part for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self {
            item.write(out);
        }
    }
    #[inline(never)]
    fn read(from: &mut Reader) -> Self {
        let mut items = Self::new();
        from.items(&mut |from| items.push(T::read(from)));
        items
    }
}

impl<T: Part> Part for Box<[T]> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self.iter() {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Self {
        Vec::read(from).into_boxed_slice()
    }
}

impl<T: Part> Part for Shared<[T]> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self.iter() {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Self {
        // Values are what is kept like this, and they nest.
        from.within(Vec::read).into()
    }
}

#[cfg(feature = "full")]
impl Part for Shared<super::Value> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
    fn read(from: &mut Reader) -> Self {
        from.within(super::Value::read).into()
    }
}

impl<T: Part> Part for Option<T> {
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        if let Some(item) = self {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Self {
        if bool::read(from) { Some(T::read(from)) } else { None }
    }
}

impl<A: Part, B: Part> Part for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Reader) -> Self {
        (A::read(from), B::read(from))
    }
}

/// A struct is its fields one after another.
macro_rules! record {
    ($($ty:ident { $($(#[$only:meta])* $field:ident),* $(,)? })*) => {$(
        impl $crate::program::codec::Part for $ty {
            fn write(&self, out: &mut $crate::program::codec::Writer) {
                $( $(#[$only])* self.$field.write(out); )*
            }
            fn read(from: &mut $crate::program::codec::Reader) -> Self {
                Self { $( $(#[$only])* $field: $crate::program::codec::Part::read(from) ),* }
            }
        }
    )*};
}
pub(crate) use record;

/// An enum is a tag byte and the chosen variant's fields one after another.
macro_rules! choice {
    ($($ty:ident { $($(#[$only:meta])* $tag:literal => $variant:ident $(( $($item:ident),* ))?),* $(,)? })*) => {$(
        impl $crate::program::codec::Part for $ty {
            #[allow(unused_variables)]
            fn write(&self, out: &mut $crate::program::codec::Writer) {
                match self {
                    $( $(#[$only])* Self::$variant $(( $($item),* ))? => {
                        out.bytes.push($tag);
                        $( $( $item.write(out); )* )?
                    } )*
                }
            }
            fn read(from: &mut $crate::program::codec::Reader) -> Self {
                match from.byte() {
                    $( $(#[$only])* $tag => Self::$variant $(( $({
                        let $item = $crate::program::codec::Part::read(from);
                        $item
                    }),* ))?, )*
                    _ => {
                        // The next tag is zero, and what has it ends.
                        from.fail($crate::program::LoadErrorKind::Tag);
                        Self::read(from)
                    }
                }
            }
        }
    )*};
}
pub(crate) use choice;
