//! Reading and writing the parts of a program.
//!
//! One description per type serves both directions, so what is written is what is read. Numbers are LEB128 (signed ones zigzag), doubles
//! eight bytes little endian, texts and sequences preceded by their length. Every value has exactly one encoding, and reading refuses any other: equal programs have equal bytes.

use std::sync::Arc;

use super::LoadErrorKind as Kind;

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
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads from the beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next byte's offset.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Everything was read.
    pub fn at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Kind> {
        let end = self.at.checked_add(count).ok_or(Kind::Truncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(Kind::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Result<u8, Kind> {
        let byte = *self.bytes.get(self.at).ok_or(Kind::Truncated)?;
        self.at += 1;
        Ok(byte)
    }

    /// An unsigned number in its shortest form.
    pub fn number(&mut self) -> Result<u64, Kind> {
        let mut value = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return Err(Kind::Number);
            }
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 { Err(Kind::Number) } else { Ok(value) };
            }
            shift += 7;
            if shift > 63 {
                return Err(Kind::Number);
            }
        }
    }

    /// A length: never more than there are bytes left, so that a false one cannot make the reader allocate.
    pub fn length(&mut self) -> Result<usize, Kind> {
        let length = usize::try_from(self.number()?).map_err(|_| Kind::Truncated)?;
        if length > self.bytes.len() - self.at { Err(Kind::Truncated) } else { Ok(length) }
    }
}

/// A part of a program that can be written and read.
pub trait Part: Sized {
    /// Writes it.
    fn write(&self, out: &mut Writer);
    /// Reads it.
    fn read(from: &mut Reader) -> Result<Self, Kind>;
}

macro_rules! unsigned {
    ($($ty:ty),*) => {$(
        impl Part for $ty {
            fn write(&self, out: &mut Writer) {
                out.number(u64::from(*self));
            }
            fn read(from: &mut Reader) -> Result<Self, Kind> {
                <$ty>::try_from(from.number()?).map_err(|_| Kind::Number)
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

impl Part for i64 {
    fn write(&self, out: &mut Writer) {
        out.number(((*self << 1) ^ (*self >> 63)) as u64);
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        let coded = from.number()?;
        Ok((coded >> 1) as i64 ^ -((coded & 1) as i64))
    }
}

impl Part for f64 {
    fn write(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.to_bits().to_le_bytes());
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        let bytes = from.take(8)?.try_into().map_err(|_| Kind::Truncated)?;
        Ok(f64::from_bits(u64::from_le_bytes(bytes)))
    }
}

impl Part for bool {
    fn write(&self, out: &mut Writer) {
        out.bytes.push(u8::from(*self));
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        match from.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Kind::Tag),
        }
    }
}

impl Part for String {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        out.bytes.extend_from_slice(self.as_bytes());
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        let length = from.length()?;
        std::str::from_utf8(from.take(length)?).map(str::to_owned).map_err(|_| Kind::Text)
    }
}

impl Part for Arc<str> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        out.bytes.extend_from_slice(self.as_bytes());
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        Ok(String::read(from)?.into())
    }
}

impl<T: Part> Part for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        // Every item is at least one byte, so the length is bounded by the bytes that are left.
        let length = from.length()?;
        // A plain loop: an iterator that stops at errors would be made anew, in the page's download, for every type.
        let mut items = Self::new();
        for _ in 0..length {
            items.push(T::read(from)?);
        }
        Ok(items)
    }
}

impl<T: Part> Part for Box<[T]> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self.iter() {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        Ok(Vec::read(from)?.into_boxed_slice())
    }
}

impl<T: Part> Part for Arc<[T]> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for item in self.iter() {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        Ok(Vec::read(from)?.into())
    }
}

impl<T: Part> Part for Option<T> {
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        if let Some(item) = self {
            item.write(out);
        }
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        Ok(if bool::read(from)? { Some(T::read(from)?) } else { None })
    }
}

impl<A: Part, B: Part> Part for (A, B) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Reader) -> Result<Self, Kind> {
        Ok((A::read(from)?, B::read(from)?))
    }
}

/// A struct is its fields one after another.
macro_rules! record {
    ($($ty:ident { $($field:ident),* $(,)? })*) => {$(
        impl $crate::program::codec::Part for $ty {
            fn write(&self, out: &mut $crate::program::codec::Writer) {
                $( self.$field.write(out); )*
            }
            fn read(from: &mut $crate::program::codec::Reader) -> Result<Self, $crate::program::LoadErrorKind> {
                Ok(Self { $( $field: $crate::program::codec::Part::read(from)? ),* })
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
            fn read(from: &mut $crate::program::codec::Reader) -> Result<Self, $crate::program::LoadErrorKind> {
                Ok(match from.byte()? {
                    $( $(#[$only])* $tag => Self::$variant $(( $({
                        let $item = $crate::program::codec::Part::read(from)?;
                        $item
                    }),* ))?, )*
                    _ => return Err($crate::program::LoadErrorKind::Tag),
                })
            }
        }
    )*};
}
pub(crate) use choice;
