//! Patterns, matched by trying: what of RE2 the generator uses.
//!
//! Letters, `.`, classes with ranges, `\d \s \w \b`, `^ $`, groups, `|`, and repetition, also lazy; `(?i)` at the beginning. A pattern that cannot be read is none.

#[derive(Debug, Clone)]
enum Part {
    One(Class),
    Start,
    End,
    Edge,
    Group(Option<usize>, Vec<Vec<Part>>),
    /// At least, at most, and whether it takes as much as it can.
    Repeat(Box<Part>, usize, usize, bool),
}

#[derive(Debug, Clone)]
struct Class {
    except: bool,
    ranges: Vec<(char, char)>,
}

#[derive(Debug)]
pub struct Pattern {
    root: Part,
    pub groups: usize,
    folds: bool,
}

/// Where a pattern and its groups matched.
#[derive(Debug, Clone)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    groups: Vec<Option<(usize, usize)>>,
}

pub fn read(text: &str) -> Option<Pattern> {
    let (folds, text) = text.strip_prefix("(?i)").map_or((false, text), |rest| (true, rest));
    let mut reader = Reader { letters: text.chars().collect(), at: 0, groups: 0 };
    let branches = reader.branches()?;
    (reader.at == reader.letters.len()).then_some(Pattern { root: Part::Group(None, branches), groups: reader.groups, folds })
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    groups: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn eat(&mut self, text: &str) -> bool {
        let eaten = self.letters[self.at..].starts_with(&text.chars().collect::<Vec<_>>());
        self.at += if eaten { text.chars().count() } else { 0 };
        eaten
    }

    fn branches(&mut self) -> Option<Vec<Vec<Part>>> {
        let mut branches = vec![Vec::new()];
        while let Some(letter) = self.peek() {
            match letter {
                ')' => break,
                '|' => {
                    self.at += 1;
                    branches.push(Vec::new());
                }
                _ => {
                    let part = self.part()?;
                    let part = self.repeated(part)?;
                    branches.last_mut()?.push(part);
                }
            }
        }
        Some(branches)
    }

    fn repeated(&mut self, part: Part) -> Option<Part> {
        let (least, most) = if self.eat("*") {
            (0, usize::MAX)
        } else if self.eat("+") {
            (1, usize::MAX)
        } else if self.eat("?") {
            (0, 1)
        } else if self.eat("{") {
            let times = self.peek()?.to_digit(10)? as usize;
            self.at += 1;
            if !self.eat("}") {
                return None;
            }
            (times, times)
        } else {
            return Some(part);
        };
        let greedy = !self.eat("?");
        Some(Part::Repeat(part.into(), least, most, greedy))
    }

    fn part(&mut self) -> Option<Part> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            '*' | '+' | '?' => return None,
            '^' => Part::Start,
            '$' => Part::End,
            '.' => Part::One(Class { except: true, ranges: vec![('\n', '\n')] }),
            '(' => {
                let group = if self.eat("?:") { None } else { self.groups += 1; Some(self.groups) };
                let branches = self.branches()?;
                if !self.eat(")") {
                    return None;
                }
                Part::Group(group, branches)
            }
            '[' => {
                let except = self.eat("^");
                let mut ranges = Vec::new();
                while !self.eat("]") {
                    let low = self.peek()?;
                    self.at += 1;
                    if low == '\\' {
                        ranges.extend(named(self.peek()?)?);
                        self.at += 1;
                    } else if self.eat("-") {
                        ranges.push((low, self.peek()?));
                        self.at += 1;
                    } else {
                        ranges.push((low, low));
                    }
                }
                Part::One(Class { except, ranges })
            }
            '\\' => {
                let escaped = self.peek()?;
                self.at += 1;
                if escaped == 'b' { Part::Edge } else { Part::One(Class { except: false, ranges: named(escaped)? }) }
            }
            other => Part::One(Class { except: false, ranges: vec![(other, other)] }),
        })
    }
}

fn named(letter: char) -> Option<Vec<(char, char)>> {
    Some(match letter {
        'd' => vec![('0', '9')],
        'w' => vec![('0', '9'), ('a', 'z'), ('A', 'Z'), ('_', '_')],
        's' => vec![(' ', ' '), ('\t', '\t'), ('\n', '\n'), ('\r', '\r'), ('\x0C', '\x0C')],
        other if other.is_ascii_punctuation() => vec![(other, other)],
        _ => return None,
    })
}

/// What follows a part, given the place and the groups so far.
type Next<'n> = &'n mut dyn FnMut(usize, &mut Vec<Option<(usize, usize)>>) -> bool;

impl Pattern {
    /// The first match from a place on.
    pub fn find(&self, text: &[char], from: usize) -> Option<Found> {
        (from..=text.len()).find_map(|start| {
            let mut groups = vec![None; self.groups + 1];
            let mut end = None;
            let mut kept = Vec::new();
            self.part(&self.root, text, start, &mut groups, &mut |at, groups| {
                end = Some(at);
                kept.clone_from(groups);
                true
            });
            end.map(|end| Found { start, end, groups: kept })
        })
    }

    /// All matches, one behind the other; an empty one does not stand where one has just ended.
    pub fn find_all(&self, text: &[char]) -> Vec<Found> {
        let (mut all, mut from, mut last) = (Vec::new(), 0, None);
        while from <= text.len() {
            let Some(found) = self.find(text, from) else { break };
            from = if found.end == found.start { found.end + 1 } else { found.end };
            if found.end > found.start || last != Some(found.start) {
                last = Some(found.end);
                all.push(found);
            }
        }
        all
    }

    /// With matches replaced, at most so many; less than none: all. None where what comes in names a group that there is not.
    pub fn replace(&self, text: &[char], by: &str, times: i64) -> Option<String> {
        let by: Vec<char> = by.chars().collect();
        let mut parts: Vec<Result<char, usize>> = Vec::new();
        let mut at = 0;
        while at < by.len() {
            if by[at] == '\\' {
                at += 1;
                let next = *by.get(at)?;
                match next.to_digit(10) {
                    Some(group) if group as usize <= self.groups => parts.push(Err(group as usize)),
                    None if next == '\\' => parts.push(Ok('\\')),
                    _ => return None,
                }
            } else {
                parts.push(Ok(by[at]));
            }
            at += 1;
        }
        let mut found = self.find_all(text);
        if let Ok(times) = usize::try_from(times) {
            found.truncate(times);
        }
        let (mut out, mut from) = (String::new(), 0);
        for one in found {
            out.extend(&text[from..one.start]);
            for part in &parts {
                match part {
                    Ok(letter) => out.push(*letter),
                    Err(0) => out.extend(&text[one.start..one.end]),
                    Err(group) => out.extend(one.groups[*group].map_or(&text[..0], |(start, end)| &text[start..end])),
                }
            }
            from = one.end;
        }
        out.extend(&text[from..]);
        Some(out)
    }

    fn part(&self, part: &Part, text: &[char], at: usize, groups: &mut Vec<Option<(usize, usize)>>, next: Next) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == '_');
        match part {
            Part::One(class) => text.get(at).is_some_and(|letter| class.has(*letter, self.folds)) && next(at + 1, groups),
            Part::Start => at == 0 && next(at, groups),
            Part::End => at == text.len() && next(at, groups),
            Part::Edge => word(at.checked_sub(1)) != word(Some(at)) && next(at, groups),
            Part::Group(group, branches) => branches.iter().any(|branch| {
                let before = groups.clone();
                let done = self.sequence(branch, text, at, groups, &mut |end, groups| {
                    let outer = group.map(|group| groups[group].replace((at, end)));
                    let done = next(end, groups);
                    if let (Some(group), Some(outer), false) = (group, outer, done) {
                        groups[*group] = outer;
                    }
                    done
                });
                if !done {
                    *groups = before;
                }
                done
            }),
            Part::Repeat(inner, least, most, greedy) => self.repeat(inner, (*least, *most, *greedy), text, at, groups, next),
        }
    }

    fn sequence(&self, parts: &[Part], text: &[char], at: usize, groups: &mut Vec<Option<(usize, usize)>>, next: Next) -> bool {
        match parts {
            [] => next(at, groups),
            [first, rest @ ..] => self.part(first, text, at, groups, &mut |at, groups| self.sequence(rest, text, at, groups, next)),
        }
    }

    fn repeat(&self, inner: &Part, (least, most, greedy): (usize, usize, bool), text: &[char], at: usize, groups: &mut Vec<Option<(usize, usize)>>, next: Next) -> bool {
        if least == 0 && !greedy && next(at, groups) {
            return true;
        }
        let again = most > 0 && self.part(inner, text, at, groups, &mut |end, groups| {
            // A turn that takes nothing is the last.
            (end > at || least > 0) && self.repeat(inner, (least.saturating_sub(1), most.saturating_sub(1), greedy), text, end, groups, next)
        });
        again || least == 0 && greedy && next(at, groups)
    }
}

impl Class {
    fn has(&self, letter: char, folds: bool) -> bool {
        let within = |letter: char| self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&letter));
        let found = within(letter) || folds && (within(letter.to_ascii_lowercase()) || within(letter.to_ascii_uppercase()));
        found != self.except
    }
}

impl Found {
    /// The one group, or the whole where there is none; nothing where the group is empty.
    pub fn wanted(&self, text: &[char]) -> Option<String> {
        let (start, end) = if self.groups.len() > 1 { self.groups[1].filter(|(start, end)| start < end)? } else { (self.start, self.end) };
        Some(text[start..end].iter().collect())
    }
}
