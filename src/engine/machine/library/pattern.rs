//! Patterns in the syntax of RE2, made ready for programs.
//!
//! `.` and classes are of code points; `\d`, `\s`, `\w`, `\b` are ASCII, as in RE2; `\pL` and `\p{Han}` are classes by general category and
//! by script.

use std::fmt;

use regex_automata::nfa::thompson::{Compiler, Config, NFA, State, WhichCaptures};
use regex_automata::util::look::Look;
use regex_automata::util::primitives::StateID;
use regex_syntax::ast::{self, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode, ClassUnicodeKind, ClassUnicodeOpKind, Flag, FlagsItemKind, GroupKind};
use regex_syntax::hir::translate::Translator;

use crate::program::ready::{INSTRUCTION, PATTERN, PATTERN_HEADER, look, op};

/// Bytes beyond which a pattern is worth a warning.
pub const READY_SIZE: usize = 2048;
/// Bytes beyond which it is an error.
const LIMIT: usize = 1 << 18;
/// How deep groups and classes may nest.
const DEPTH: u32 = 100;

/// Why a text is no pattern, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError(pub String);

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn wrong(message: impl fmt::Display) -> PatternError {
    let message = message.to_string();
    let mut chars = message.chars();
    // The library's sentences begin with a capital letter.
    let message = chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default();
    PatternError(message)
}

/// A pattern made ready.
///
/// # Errors
/// Where it is no pattern, uses what RE2 does not have, or is too large.
pub fn pattern(text: &str) -> Result<Vec<u8>, PatternError> {
    let mut tree = parser().parse(text).map_err(|error| wrong(error.kind()))?;
    Plain { ascii: Classes::new()? }.rewrite(&mut tree)?;
    let hir = Translator::new().translate(text, &tree).map_err(|error| wrong(error.kind()))?;
    let config = Config::new().utf8(true).which_captures(WhichCaptures::All).nfa_size_limit(Some(8 * LIMIT));
    let nfa = Compiler::new().configure(config).build_from_hir(&hir).map_err(|_| wrong("the pattern is too large"))?;
    let groups = hir.properties().explicit_captures_len() + 1;
    assemble(&nfa, groups).filter(|bytes| bytes.len() <= LIMIT).ok_or_else(|| wrong("the pattern is too large"))
}

fn parser() -> ast::parse::Parser {
    ast::parse::ParserBuilder::new().nest_limit(DEPTH).octal(false).build()
}

/// The ASCII classes that RE2 writes with one letter.
struct Classes {
    digit: [ClassBracketed; 2],
    space: [ClassBracketed; 2],
    word: [ClassBracketed; 2],
    boundary: [Ast; 2],
}

impl Classes {
    fn new() -> Result<Self, PatternError> {
        let parse = |text: &str| parser().parse(text).map_err(|error| wrong(error.kind()));
        let class = |text: &str| match &parse(text)? {
            Ast::ClassBracketed(class) => Ok((**class).clone()),
            _ => Err(wrong("not a class")),
        };
        let both = |inner: &str| Ok([class(&format!("[{inner}]"))?, class(&format!("[^{inner}]"))?]);
        Ok(Self { digit: both("0-9")?, space: both(r"\t\n\f\r ")?, word: both("0-9A-Za-z_")?, boundary: [parse(r"(?-u:\b)")?, parse(r"(?-u:\B)")?] })
    }

    fn of(&self, class: &ClassPerl) -> ClassBracketed {
        let [plain, negated] = match class.kind {
            ClassPerlKind::Digit => &self.digit,
            ClassPerlKind::Space => &self.space,
            ClassPerlKind::Word => &self.word,
        };
        if class.negated { negated.clone() } else { plain.clone() }
    }
}

/// Makes a pattern mean what it means in RE2, and refuses what RE2 does not have. Its depth is that of the parser.
struct Plain {
    ascii: Classes,
}

impl Plain {
    fn rewrite(&self, tree: &mut Ast) -> Result<(), PatternError> {
        match tree {
            Ast::Flags(flags) => Self::flags(&flags.flags)?,
            Ast::ClassPerl(class) => *tree = Ast::ClassBracketed(Box::new(self.ascii.of(class))),
            Ast::ClassBracketed(class) => self.set(&mut class.kind)?,
            Ast::Repetition(repetition) => self.rewrite(&mut repetition.ast)?,
            Ast::Group(group) => {
                if let GroupKind::NonCapturing(flags) = &group.kind {
                    Self::flags(flags)?;
                }
                self.rewrite(&mut group.ast)?;
            }
            Ast::Alternation(alternation) => alternation.asts.iter_mut().try_for_each(|tree| self.rewrite(tree))?,
            Ast::Concat(concat) => concat.asts.iter_mut().try_for_each(|tree| self.rewrite(tree))?,
            Ast::Assertion(assertion) => {
                let [boundary, inside] = &self.ascii.boundary;
                match assertion.kind {
                    ast::AssertionKind::WordBoundary => *tree = boundary.clone(),
                    ast::AssertionKind::NotWordBoundary => *tree = inside.clone(),
                    ast::AssertionKind::StartLine | ast::AssertionKind::EndLine | ast::AssertionKind::StartText | ast::AssertionKind::EndText => {}
                    _ => return Err(wrong("only `\\b` and `\\B` ask for the bounds of words")),
                }
            }
            Ast::Empty(_) | Ast::Literal(_) | Ast::Dot(_) => {}
            Ast::ClassUnicode(class) => by_property(class)?,
        }
        Ok(())
    }

    fn set(&self, set: &mut ClassSet) -> Result<(), PatternError> {
        match set {
            ClassSet::Item(item) => self.item(item),
            ClassSet::BinaryOp(_) => Err(wrong("classes have no operators")),
        }
    }

    fn item(&self, item: &mut ClassSetItem) -> Result<(), PatternError> {
        match item {
            ClassSetItem::Perl(class) => *item = ClassSetItem::Bracketed(Box::new(self.ascii.of(class))),
            ClassSetItem::Unicode(class) => by_property(class)?,
            ClassSetItem::Bracketed(_) => return Err(wrong("a class does not stand in a class")),
            ClassSetItem::Union(union) => union.items.iter_mut().try_for_each(|item| self.item(item))?,
            ClassSetItem::Empty(_) | ClassSetItem::Literal(_) | ClassSetItem::Range(_) | ClassSetItem::Ascii(_) => {}
        }
        Ok(())
    }

    fn flags(flags: &ast::Flags) -> Result<(), PatternError> {
        let known = |kind: &FlagsItemKind| matches!(kind, FlagsItemKind::Negation | FlagsItemKind::Flag(Flag::CaseInsensitive | Flag::MultiLine | Flag::DotMatchesNewLine | Flag::SwapGreed));
        if flags.items.iter().all(|item| known(&item.kind)) { Ok(()) } else { Err(wrong("the flags are `i`, `m`, `s` and `U`")) }
    }
}

/// The general categories of Unicode.
const CATEGORIES: &str = "C Cc Cf Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs";

/// Leaves general categories by their short names, scripts and `Any`, which RE2 has, in its own spelling.
fn by_property(class: &mut ClassUnicode) -> Result<(), PatternError> {
    let name = match &class.kind {
        ClassUnicodeKind::OneLetter(letter) => letter.to_string(),
        ClassUnicodeKind::Named(name) => name.clone(),
        ClassUnicodeKind::NamedValue { .. } => return Err(wrong("properties of Unicode have no values; write `\\p{Han}`, `\\pL`")),
    };
    let name = match name.strip_prefix('^') {
        Some(name) => {
            class.negated = !class.negated;
            name
        }
        None => &name,
    };
    class.kind = if name == "Any" || CATEGORIES.split(' ').any(|category| category == name) {
        ClassUnicodeKind::Named(name.to_owned())
    } else if name.split('_').all(|word| word.starts_with(|first: char| first.is_ascii_uppercase()) && !word.contains(|other: char| other.is_ascii_whitespace())) {
        // As a script and nothing else, for the library knows more properties by their names.
        ClassUnicodeKind::NamedValue { op: ClassUnicodeOpKind::Equal, name: "Script".to_owned(), value: name.to_owned() }
    } else {
        return Err(wrong(std::format!("`{name}` is neither a general category such as `Lu` nor a script such as `Han`")));
    };
    Ok(())
}

/// The instructions of [`crate::program::ready`].
fn assemble(nfa: &NFA, groups: usize) -> Option<Vec<u8>> {
    // Where each state's instructions begin; the first goes to the start.
    let mut places = vec![None; nfa.states().len()];
    let mut order: Vec<StateID> = Vec::new();
    let mut open = vec![nfa.start_anchored()];
    let mut length = 1_usize;
    while let Some(id) = open.pop() {
        let place: &mut Option<usize> = places.get_mut(id.as_usize())?;
        if place.is_some() {
            continue;
        }
        *place = Some(length);
        let state = nfa.state(id);
        length += instructions(state, 0, &|_| Some(0))?.len();
        order.push(id);
        targets(state, &mut open);
    }
    let place = |id: StateID| u16::try_from(places.get(id.as_usize()).copied().flatten()?).ok();
    let mut out = vec![PATTERN];
    out.extend_from_slice(&u16::try_from(groups).ok()?.to_le_bytes());
    let start = place(nfa.start_anchored())?;
    let mut push = |(op, next, argument): Instruction| {
        out.push(op);
        out.extend_from_slice(&next.to_le_bytes());
        out.extend_from_slice(&argument);
    };
    push((op::SPLIT, start, start.to_le_bytes()));
    for id in order {
        instructions(nfa.state(id), place(id)?, &place)?.into_iter().for_each(&mut push);
    }
    debug_assert_eq!((out.len() - PATTERN_HEADER) / INSTRUCTION, length);
    Some(out)
}

type Instruction = (u8, u16, [u8; 2]);

fn instructions(state: &State, at: u16, place: &dyn Fn(StateID) -> Option<u16>) -> Option<Vec<Instruction>> {
    let split = |one: u16, other: u16| (op::SPLIT, one, other.to_le_bytes());
    Some(match state {
        State::ByteRange { trans } => vec![(op::BYTE, place(trans.next)?, [trans.start, trans.end])],
        State::Sparse(sparse) => {
            let last = sparse.transitions.len().saturating_sub(1);
            let each = sparse.transitions.iter().enumerate();
            let made = each.map(|(index, to)| Some((if index == last { op::BYTE } else { op::TRY }, place(to.next)?, [to.start, to.end])));
            made.collect::<Option<Vec<_>>>().map(|made| if made.is_empty() { vec![(op::FAIL, 0, [0, 0])] } else { made })?
        }
        State::Dense(_) => return None,
        State::Look { look: wanted, next } => {
            let asked = match wanted {
                Look::Start => look::START,
                Look::End => look::END,
                Look::StartLF => look::LINE_START,
                Look::EndLF => look::LINE_END,
                Look::WordAscii => look::WORD,
                Look::WordAsciiNegate => look::NOT_WORD,
                _ => return None,
            };
            vec![(op::LOOK, place(*next)?, [asked, 0])]
        }
        State::Union { alternates } => match alternates.split_last() {
            None => vec![(op::FAIL, 0, [0, 0])],
            Some((last, [])) => vec![split(place(*last)?, place(*last)?)],
            Some((last, others)) => {
                let mut made = Vec::new();
                for (index, other) in others.iter().enumerate() {
                    let rest = if index + 1 == others.len() { place(*last)? } else { at.checked_add(u16::try_from(index).ok()?)?.checked_add(1)? };
                    made.push(split(place(*other)?, rest));
                }
                made
            }
        },
        State::BinaryUnion { alt1, alt2 } => vec![split(place(*alt1)?, place(*alt2)?)],
        State::Capture { next, slot, .. } => vec![(op::SAVE, place(*next)?, u16::try_from(slot.as_usize()).ok()?.to_le_bytes())],
        State::Fail => vec![(op::FAIL, 0, [0, 0])],
        State::Match { .. } => vec![(op::MATCH, 0, [0, 0])],
    })
}

fn targets(state: &State, open: &mut Vec<StateID>) {
    match state {
        State::ByteRange { trans } => open.push(trans.next),
        State::Sparse(sparse) => open.extend(sparse.transitions.iter().map(|to| to.next)),
        State::Look { next, .. } | State::Capture { next, .. } => open.push(*next),
        State::Union { alternates } => open.extend(alternates.iter().copied()),
        State::BinaryUnion { alt1, alt2 } => open.extend([*alt1, *alt2]),
        State::Dense(_) | State::Fail | State::Match { .. } => {}
    }
}
