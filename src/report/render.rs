//! Diagnostics as text: message, place, excerpt with carets, related places, help.

use super::diagnostic::{Diagnostic, Severity};
use super::locate::locate;
use super::span::{Sources, Span};
use super::width::columns;

/// Columns of an excerpt before a long line is cut around the span.
const LONGEST: usize = 140;
/// Columns kept before the span where a line is cut.
const BEFORE: usize = 40;
/// What a tab is shown as.
const TAB: &str = "    ";

/// All diagnostics as text, in the order of the places they point at, an empty line between them.
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sort(&mut sorted);
    sorted.iter().map(|diagnostic| render(diagnostic, sources)).collect::<Vec<_>>().join("\n")
}

/// Puts diagnostics into the order of the places they point at; of one place, errors first.
fn sort(diagnostics: &mut [&Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.file, d.span.start, d.span.end);
        key(a).cmp(&key(b)).then(b.severity.cmp(&a.severity)).then(a.code.cmp(b.code))
    });
}

/// One diagnostic as text.
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut out = format!("{severity}[{}]: {}\n", diagnostic.code, diagnostic.message);
    place(&mut out, diagnostic.span, sources, '^');
    for (span, what) in &diagnostic.related {
        out.push_str(&format!("note: {what}\n"));
        place(&mut out, *span, sources, '-');
    }
    if let Some(help) = &diagnostic.help {
        for (index, line) in help.lines().enumerate() {
            out.push_str(if index == 0 { "help: " } else { "      " });
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn place(out: &mut String, span: Span, sources: &Sources, mark: char) {
    let (Some(location), Some(source)) = (locate(span, sources), sources.get(span.file)) else { return };
    out.push_str(&format!("  --> {}:{}:{}\n", location.path, location.start.line, location.start.column));
    let marked = marked_lines(&source.text, span, location.start.line);
    if marked.is_empty() {
        return;
    }
    let gutter = marked.last().map_or(1, |line| line.number.to_string().len());
    out.push_str(&format!("{:gutter$} |\n", ""));
    let mut previous = None;
    for line in &marked {
        if previous.is_some_and(|number| number + 1 < line.number) {
            out.push_str("...\n");
        }
        previous = Some(line.number);
        let (text, blank, marks) = excerpt(line);
        out.push_str(format!("{:gutter$} | {text}", line.number).trim_end());
        out.push('\n');
        let carets: String = std::iter::repeat_n(mark, marks).collect();
        out.push_str(&format!("{:gutter$} | {:blank$}{carets}\n", "", ""));
    }
}

/// A line with the byte range in it that is marked.
struct MarkedLine<'a> {
    number: usize,
    text: &'a str,
    start: usize,
    end: usize,
}

/// The first and the last line of a span.
fn marked_lines<'a>(text: &'a str, span: Span, number: usize) -> Vec<MarkedLine<'a>> {
    let start = (span.start as usize).min(text.len());
    let mut end = (span.end as usize).clamp(start, text.len());
    // A span that ends with a line break, as block scalars do, ends on the line before.
    let bytes = text.as_bytes();
    while end > start && matches!(bytes.get(end - 1), Some(b'\n' | b'\r')) {
        end -= 1;
    }
    let line_of = |at: usize| {
        let from = bytes.get(..at).and_then(|before| before.iter().rposition(|&byte| byte == b'\n')).map_or(0, |at| at + 1);
        let to = bytes.get(at..).and_then(|after| after.iter().position(|&byte| byte == b'\n')).map_or(text.len(), |length| at + length);
        (from, to)
    };
    let (from, to) = line_of(start);
    let Some(first) = text.get(from..to) else { return Vec::new() };
    let first = MarkedLine { number, text: first.trim_end_matches('\r'), start: start - from, end: end.min(to) - from };
    if end <= to {
        return vec![first];
    }
    let breaks = bytes.get(start..end).unwrap_or_default().iter().filter(|&&byte| byte == b'\n').count();
    let (from, to) = line_of(end);
    let Some(last) = text.get(from..to) else { return vec![first] };
    let indent = last.len() - last.trim_start().len();
    vec![first, MarkedLine { number: number + breaks, text: last.trim_end_matches('\r'), start: indent.min(end - from), end: end - from }]
}

/// The line as shown, the blanks before the marks, and how many marks.
fn excerpt(line: &MarkedLine<'_>) -> (String, usize, usize) {
    let total: usize = line.text.chars().take(4 * LONGEST).map(shown_width).sum();
    let (from, to) = if total <= LONGEST { (0, line.text.len()) } else { window(line) };
    let mut shown = String::new();
    let (mut blank, mut marks) = (0, 0);
    if from > 0 {
        shown.push('…');
        blank += 1;
    }
    for (at, character) in line.text.char_indices().skip_while(|&(at, _)| at < from).take_while(|&(at, _)| at < to) {
        let width = shown_width(character);
        if at < line.start {
            blank += width;
        } else if at < line.end {
            marks += width;
        }
        match character {
            '\t' => shown.push_str(TAB),
            '\u{feff}' => {}
            hidden if is_hidden(hidden) => shown.push('\u{fffd}'),
            other => shown.push(other),
        }
    }
    if to < line.text.len() {
        shown.push('…');
    }
    (shown, blank, marks.max(1))
}

/// The part of a long line that is shown.
fn window(line: &MarkedLine<'_>) -> (usize, usize) {
    let mut from = line.start.min(line.text.len());
    let mut before = 0;
    for (at, character) in line.text.get(..from).unwrap_or_default().char_indices().rev() {
        before += shown_width(character);
        if before > BEFORE {
            break;
        }
        from = at;
    }
    let mut room = LONGEST;
    let mut to = line.text.len();
    for (at, character) in line.text.get(from..).unwrap_or_default().char_indices() {
        match room.checked_sub(shown_width(character)) {
            Some(left) => room = left,
            None => {
                to = from + at;
                break;
            }
        }
    }
    (from, to)
}

/// Characters that a terminal would obey rather than show.
fn is_hidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

fn shown_width(character: char) -> usize {
    match character {
        '\t' => TAB.len(),
        hidden if is_hidden(hidden) => 1,
        other => columns(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, part: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("p.yaml", text);
        let start = text.find(part).unwrap() as u32;
        let span = Span::new(file, start, start + part.len() as u32);
        render(&Diagnostic::error("code", span, "message").help("do this"), &sources)
    }

    #[test]
    fn carets_stand_under_wide_characters() {
        assert_eq!(
            shown("a: 1\nb: 端口 数量 x\n", "数量"),
            "error[code]: message\n  --> p.yaml:2:7\n  |\n2 | b: 端口 数量 x\n  |         ^^^^\nhelp: do this\n"
        );
    }

    #[test]
    fn tabs_are_shown_as_four_spaces() {
        assert!(shown("\ta: b", "a").contains("1 |     a: b\n  |     ^\n"));
    }

    #[test]
    fn a_span_over_lines_shows_the_first_and_the_last() {
        assert!(shown("a:\n  b: 1\n  c: 2\n  d: 3\ne: 4\n", "b: 1\n  c: 2\n  d: 3\n").contains("2 |   b: 1\n  |   ^^^^\n...\n4 |   d: 3\n  |   ^^^^\n"));
    }

    #[test]
    fn long_lines_are_cut_around_the_span() {
        let text = format!("{}NEEDLE{}", "x".repeat(5000), "y".repeat(5000));
        let out = shown(&text, "NEEDLE");
        assert!(out.lines().all(|line| line.chars().count() < 160), "{out}");
        assert!(out.contains("NEEDLE") && out.contains("^^^^^^\n"));
    }

    #[test]
    fn an_empty_span_has_one_caret() {
        let mut sources = Sources::default();
        let file = sources.add("p.yaml", "ab");
        assert!(render(&Diagnostic::warning("c", Span::new(file, 2, 2), "m"), &sources).ends_with("1 | ab\n  |   ^\n"));
    }

    #[test]
    fn diagnostics_are_sorted_by_place() {
        let mut sources = Sources::default();
        let file = sources.add("p.yaml", "ab\ncd");
        let late = Diagnostic::error("late", Span::new(file, 3, 4), "m");
        let early = Diagnostic::warning("early", Span::new(file, 0, 1), "m");
        let out = render_all(&[late, early], &sources);
        assert!(out.find("early") < out.find("late"));
    }
}
