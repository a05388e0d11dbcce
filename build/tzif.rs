//! The Time Zone Information Format, RFC 9636, version 2 and later.

/// A time zone, in seconds east of UTC.
pub struct Zone {
    /// The offset before the first change.
    pub first: i32,
    /// When it changes, in seconds since 1970, and to what.
    pub changes: Vec<(i64, i32)>,
    /// What holds after the last change, as `src/program/ready.rs` describes it.
    pub rule: Vec<u8>,
}

impl Zone {
    /// From the bytes of a file.
    pub fn read(data: &[u8]) -> Self {
        // The first part is for readers that know 32 bits alone.
        let data = &data[44 + Header::read(data).length(4)..];
        let header = Header::read(data);
        let (times, rest) = data[44..].split_at(header.times * 8);
        let (kinds, types) = rest.split_at(header.times);
        let offset = |kind: usize| i32::from_be_bytes(types[kind * 6..][..4].try_into().unwrap());
        let changes = times.chunks_exact(8).zip(kinds).map(|(time, kind)| (i64::from_be_bytes(time.try_into().unwrap()), offset(usize::from(*kind))));
        let footer = std::str::from_utf8(&data[44 + header.length(8)..]).unwrap();
        let mut zone = Self { first: offset(0), changes: changes.collect(), rule: vec![0] };
        zone.follow(Rule(footer.trim_matches('\n')));
        zone
    }

    /// After the last change there is a rule for every year, where there is summer time; otherwise what holds then holds for good.
    fn follow(&mut self, mut rule: Rule) {
        if rule.0.is_empty() {
            return;
        }
        rule.name();
        let standard = -rule.clock();
        if rule.0.is_empty() {
            // Where nothing ever changed, what holds before the first change holds always.
            if self.changes.is_empty() {
                self.first = standard;
            }
            return;
        }
        rule.name();
        let summer = if rule.0.starts_with(',') { standard + 3600 } else { -rule.clock() };
        self.rule = [&[1], &standard.to_le_bytes()[..], &summer.to_le_bytes(), &rule.day(), &rule.day()].concat();
        assert!(rule.0.is_empty());
    }
}

struct Header {
    times: usize,
    types: usize,
    chars: usize,
    leaps: usize,
    flags: usize,
}

impl Header {
    fn read(data: &[u8]) -> Self {
        assert!(data.starts_with(b"TZif"));
        let count = |at: usize| u32::from_be_bytes(data[20 + at * 4..][..4].try_into().unwrap()) as usize;
        Self { flags: count(0) + count(1), leaps: count(2), times: count(3), types: count(4), chars: count(5) }
    }

    fn length(&self, second: usize) -> usize {
        self.times * (second + 1) + self.types * 6 + self.chars + self.leaps * (second + 4) + self.flags
    }
}

/// A rule as in the environment variable `TZ` of POSIX: `EST5EDT,M3.2.0,M11.1.0`.
struct Rule<'a>(&'a str);

impl Rule<'_> {
    fn skip(&mut self, length: usize) -> &str {
        let (skipped, rest) = self.0.split_at(length);
        self.0 = rest;
        skipped
    }

    fn after(&mut self, sign: char) -> bool {
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// `EST`, `<+0330>`
    fn name(&mut self) {
        let length = if self.0.starts_with('<') { self.0.find('>').map(|at| at + 1) } else { self.0.find(|c: char| !c.is_ascii_alphabetic()) };
        self.skip(length.unwrap());
    }

    fn number(&mut self) -> i32 {
        let length = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        self.skip(length).parse().unwrap()
    }

    /// `-3:30`, `5`, in seconds.
    fn clock(&mut self) -> i32 {
        let negative = self.after('-');
        self.after('+');
        let mut seconds = self.number() * 3600;
        for unit in [60, 1] {
            if self.after(':') {
                seconds += self.number() * unit;
            }
        }
        if negative { -seconds } else { seconds }
    }

    /// `,M3.2.0/2`
    fn day(&mut self) -> Vec<u8> {
        assert!(self.after(','));
        let mut day = Vec::new();
        if self.after('M') {
            day.push(0);
            for index in 0..3 {
                assert!(index == 0 || self.after('.'));
                day.push(u8::try_from(self.number()).unwrap());
            }
        } else {
            day.push(if self.after('J') { 1 } else { 2 });
            day.extend(u16::try_from(self.number()).unwrap().to_le_bytes());
            day.push(0);
        }
        let second = if self.after('/') { self.clock() } else { 7200 };
        day.extend(second.to_le_bytes());
        day
    }
}
