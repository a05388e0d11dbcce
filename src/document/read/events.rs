//! The sections `events` and `signals`, and what rules that count events share with them.

use super::durations::DAY;
use super::reader::{Closed, Reader, Seen, place};
use crate::document::keys;
use crate::document::model::{AttributeDef, Document, EachDef, ElseDef, EventDef, FieldDef, FieldType, SelectDef, SignalDef};
use crate::document::yaml::{Entry, Kind, Node};
use crate::program::{Format, LONGEST_HALF_LIFE, MOST_EVENTS, Measure};
use crate::report::{Diagnostic, Span, Spanned, suggest};

/// No attribute has one of these names: what every event has.
const RESERVED: [&str; 4] = ["id", "type", "at", "ago"];

const TYPES: &[(&str, FieldType)] = &[("string", FieldType::String), ("int", FieldType::Int), ("double", FieldType::Double), ("bool", FieldType::Bool)];

const MEASURES: &[(&str, Measure)] = &[
    ("count", Measure::Count),
    ("exists", Measure::Exists),
    ("sum", Measure::Sum),
    ("distinct", Measure::Distinct),
    ("min", Measure::Min),
    ("max", Measure::Max),
    ("first", Measure::First),
    ("last", Measure::Last),
    ("days_since_first", Measure::DaysSinceFirst),
    ("days_since_last", Measure::DaysSinceLast),
];

impl Measure {
    /// Whether it looks at an attribute.
    pub fn of_attribute(self) -> bool {
        matches!(self, Self::Sum | Self::Distinct | Self::Min | Self::Max | Self::First | Self::Last)
    }

    /// The key of a signal that computes it.
    pub fn key(self) -> &'static str {
        MEASURES.iter().find(|(_, measure)| *measure == self).map_or("", |(key, _)| key)
    }
}

/// Reads `events`.
pub fn read(reader: &mut Reader<'_>, node: &Node) -> Vec<EventDef> {
    let entries = reader.entries(node, "`events`", "write `name: { attribute: string }` for each behaviour");
    entries.iter().filter_map(|entry| event(reader, entry)).collect()
}

fn event(reader: &mut Reader<'_>, entry: &Entry) -> Option<EventDef> {
    let name = reader.name(&entry.key, "an event", false);
    let what = format!("event `{}`", entry.name());
    let mut found = EventDef { name: Spanned::new(entry.name().to_owned(), entry.key.span), attributes: Vec::new(), ignore: None };
    let entries = if entry.value.is_null() { &[] } else { reader.entries(&entry.value, &what, "write { path: string, bot: bool }, or {} where nothing is known of it") };
    for item in entries {
        if item.name() == "ignore" {
            found.ignore = reader.expression(&item.value, "`ignore`");
        } else if RESERVED.contains(&item.name()) {
            reader.error("reserved-name", item.key.span, format!("an attribute cannot be called `{}`: every event has that already", item.name()), "give it another name");
        } else if let Some(name) = reader.name(&item.key, "an attribute", false) {
            let (ty, values) = attribute_type(reader, &item.value)?;
            found.attributes.push(AttributeDef { name, ty, values });
        }
    }
    name.map(|_| found)
}

fn attribute_type(reader: &mut Reader<'_>, node: &Node) -> Option<(FieldType, Vec<Spanned<String>>)> {
    if let Kind::Sequence(_) = &node.kind {
        let values = reader.texts(node, "the values of an attribute");
        let values = reader.unique(values, "value");
        if values.is_empty() {
            reader.error("empty-list", node.span, "the attribute has no values", "write the values that it can have: [pricing, docs]");
        }
        return Some((FieldType::Enum, values));
    }
    reader.one_of(node, "the type of an attribute", TYPES).map(|ty| (ty, Vec::new()))
}

/// Reads `signals`.
pub fn signals(reader: &mut Reader<'_>, node: &Node) -> Vec<SignalDef> {
    let entries = reader.entries(node, "`signals`", "write `name: { count: email_click, within: 30d }` for each signal");
    entries.iter().filter_map(|entry| signal(reader, entry)).collect()
}

fn signal(reader: &mut Reader<'_>, entry: &Entry) -> Option<SignalDef> {
    let name = reader.name(&entry.key, "a signal", false);
    let what = format!("signal `{}`", entry.name());
    let map = reader.closed(&entry.value, &what, &keys::SIGNAL)?;
    let mut measures = MEASURES.iter().filter_map(|(key, measure)| Some((*key, *measure, map.get(key)?)));
    let Some((key, measure, node)) = measures.next() else {
        let keys: Vec<String> = MEASURES.iter().map(|(key, _)| format!("`{key}`")).collect();
        reader.error("missing-key", entry.key.span, format!("{what} computes nothing"), format!("add one of {}", keys.join(", ")));
        return None;
    };
    if let Some((other, _, second)) = measures.next() {
        let problem = Diagnostic::error("misplaced-key", place(second), format!("{what} has both `{key}` and `{other}`"));
        reader.diagnostics.push(problem.related(place(node), format!("`{key}` is given here")).help("make two signals of it"));
    }
    let select = select(reader, node, map, key, measure.of_attribute())?;
    // In JSON the word stands in quotes.
    let otherwise = map.get("else").and_then(|node| if node.text() == Some("absent") { Some(ElseDef::Absent) } else { reader.scalar(node, "`else`").map(ElseDef::Value) });
    Some(SignalDef { name: name?, measure, select, otherwise })
}

/// Which events count: `node` names them.
fn select(reader: &mut Reader<'_>, node: &Node, map: Closed<'_>, key: &str, attribute: bool) -> Option<SelectDef> {
    let names = match &node.kind {
        Kind::Sequence(items) => {
            if items.is_empty() {
                reader.error("empty-list", node.span, format!("`{key}` names no event"), "name the events that count");
            }
            reader.references(Some(node), &format!("`{key}`"))
        }
        _ => reader.reference(node, &format!("`{key}`")).into_iter().collect(),
    };
    let mut of: Vec<(Spanned<String>, Option<Spanned<String>>)> = Vec::new();
    for name in names {
        let event = name.value.split('.').next().unwrap_or_default();
        if let Some((first, _)) = of.iter().find(|(known, _)| known.value == event) {
            let problem = Diagnostic::error("duplicate-name", name.span, format!("the event `{event}` is named twice"));
            reader.diagnostics.push(problem.related(first.span, "first named here").help("make two signals of it"));
            continue;
        }
        let Some((event, rest)) = name.value.split_once('.') else {
            if attribute {
                reader.error("missing-attribute", name.span, format!("`{key}` wants an attribute of `{}`", name.value), format!("write it after a dot: {}.amount", name.value));
                return None;
            }
            of.push((name, None));
            continue;
        };
        if !attribute {
            reader.error("misplaced-attribute", name.span, format!("`{key}` counts events, and looks at no attribute"), format!("write `{event}`, and ask for the attribute in `where`"));
            return None;
        }
        of.push((Spanned::new(event.to_owned(), name.span), Some(Spanned::new(rest.to_owned(), name.span))));
    }
    let within = map.get("within").and_then(|node| reader.duration(node, "`within`"));
    let filter = map.get("where").and_then(|node| reader.expression(node, "`where`"));
    (!of.is_empty()).then_some(SelectDef { of, within, filter })
}

/// Reads a rule that gives points for each event.
pub fn each(reader: &mut Reader<'_>, node: &Node, map: Closed<'_>, what: &str) -> Option<EachDef> {
    let select = select(reader, node, map, "each", false);
    let points = map.get("points")?;
    if let Kind::Mapping(_) = &points.kind {
        reader.wrong(points, &format!("`points` of {what}"), "a number", "an `each` rule gives the same for every event; make one rule for each kind of event");
        return None;
    }
    let points = reader.points(points, &format!("`points` of {what}"));
    let half_life = map.get("half_life").and_then(|node| reader.days(node, "`half_life`"));
    if let Some(days) = half_life.as_ref().filter(|days| days.value > LONGEST_HALF_LIFE) {
        reader.error("out-of-range", days.span, "the half-life is longer than 1096 days", "three years are the longest; leave it out where behaviours do not lose their worth");
    }
    let steps = map.get("decay").map(|node| steps(reader, node)).unwrap_or_default();
    let max = map.get("max").and_then(|node| reader.points(node, "`max`"));
    let min = map.get("min").and_then(|node| reader.points(node, "`min`"));
    if let (Some(min), Some(max)) = (&min, &max)
        && min.value > max.value {
            let problem = Diagnostic::error("bad-range", max.span, format!("`max` of {what} is below its `min`"));
            reader.diagnostics.push(problem.related(min.span, "`min` is given here").help("exchange the two numbers"));
        }
    let points = points?;
    for (bound, sign, wrong, right) in [(&max, 1, points.value < 0, "min"), (&min, -1, points.value > 0, "max")] {
        if let Some(bound) = bound.as_ref().filter(|bound| bound.value * sign < 0) {
            reader.error("bad-range", bound.span, format!("{what} would give points where there are no events"), "`max` is at least 0, and `min` at most");
        } else if let Some(bound) = bound.as_ref().filter(|_| wrong) {
            let sign = if points.value < 0 { "takes points away" } else { "gives points" };
            reader.error("bad-range", bound.span, format!("{what} {sign}, so this bound never counts"), format!("bound it with `{right}`"));
        }
    }
    Some(EachDef { select: select?, points, half_life, steps, max, min })
}

/// What is left of points after some days: `{ 7d: 50%, 30d: 0% }`.
fn steps(reader: &mut Reader<'_>, node: &Node) -> Vec<(Spanned<u32>, Spanned<u32>)> {
    let mut found: Vec<(Spanned<u32>, Spanned<u32>)> = Vec::new();
    let mut seen = Seen::default();
    for entry in reader.entries(node, "`decay`", "write what is left after some days: { 30d: 50%, 90d: 0% }") {
        let millis = super::durations::millis(entry.name()).filter(|millis| millis % DAY == 0);
        let Some(days) = millis.and_then(|millis| u32::try_from(millis / DAY).ok()) else {
            reader.error("wrong-type", entry.key.span, format!("`{}` is no number of days", entry.name()), "write it as 30d or 4w");
            continue;
        };
        if let Some(first) = seen.add(&days.to_string(), entry.key.span) {
            reader.twice(entry.key.span, first, "step", entry.name());
            continue;
        }
        if let Some(left) = reader.percent(&entry.value, "what is left") {
            found.push((Spanned::new(days, entry.key.span), left));
        }
    }
    found.sort_by_key(|(days, _)| days.value);
    found
}

impl Reader<'_> {
    /// A percentage, in thousandths: `50%`, `12.5%`.
    pub fn percent(&mut self, node: &Node, what: &str) -> Option<Spanned<u32>> {
        let found = node.text().and_then(|text| text.strip_suffix('%')).and_then(thousandths);
        if found.is_none() {
            self.wrong(node, what, "a percentage", "write it as 50%; at most 100%, with one decimal");
        }
        found.map(|found| Spanned::new(found, node.span))
    }
}

fn thousandths(text: &str) -> Option<u32> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| (!text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<u32>().ok())?;
    if tenth.len() != 1 {
        return None;
    }
    Some(digits(whole)? * 10 + digits(tenth)?).filter(|found| *found <= 1000)
}

/// Puts signals among the fields: the host may give their values ready-made.
pub fn signal_fields(reader: &mut Reader<'_>, document: &mut Document) {
    let mut fields = Vec::new();
    for signal in &document.signals {
        let Some((ty, values)) = type_of(reader, document, signal) else { continue };
        let number = |value: f64, span: Span| Some(Spanned::new(value, span));
        let span = signal.name.span;
        let (min, max) = match signal.measure {
            Measure::Count | Measure::Distinct => (number(0.0, span), number(MOST_EVENTS as f64, span)),
            // From the year 1 to the year 9999.
            Measure::DaysSinceFirst | Measure::DaysSinceLast => (number(0.0, span), number(3_652_059.0, span)),
            _ => (None, None),
        };
        fields.push(FieldDef {
            name: signal.name.clone(),
            ty,
            values,
            min,
            max,
            max_length: None,
            normalize: Vec::new(),
            country: None,
            format: Format::Any,
            from_host: true,
            unit: None,
            label: Vec::new(),
        });
    }
    document.fields.extend(fields);
}

/// The type of a signal; reports what its events do not have.
fn type_of(reader: &mut Reader<'_>, document: &Document, signal: &SignalDef) -> Option<(FieldType, Vec<Spanned<String>>)> {
    let mut found: Option<(&AttributeDef, Span)> = None;
    for (event, attribute) in &signal.select.of {
        let known = document.events.iter().find(|known| known.name.value == event.value);
        let Some(known) = known else {
            unknown_event(reader, document, event);
            return None;
        };
        let Some(attribute) = attribute else { continue };
        let Some(known) = known.attributes.iter().find(|known| known.name.value == attribute.value) else {
            let names: Vec<&str> = known.attributes.iter().map(|known| known.name.value.as_str()).collect();
            let help = match suggest(&attribute.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => format!("declare it: {}: {{ {}: int }}", event.value, attribute.value),
                None => format!("its attributes: {}", names.join(", ")),
            };
            reader.error("unknown-attribute", attribute.span, format!("the event `{}` has no attribute `{}`", event.value, attribute.value), help);
            return None;
        };
        match found {
            Some((first, span)) if first.ty != known.ty || first.values.iter().map(|value| &value.value).ne(known.values.iter().map(|value| &value.value)) => {
                let problem = Diagnostic::error("wrong-type", attribute.span, format!("`{}` is of another type here", attribute.value));
                reader.diagnostics.push(problem.related(span, "than here").help("a signal looks at attributes of one type"));
                return None;
            }
            Some(_) => {}
            None => found = Some((known, attribute.span)),
        }
    }
    let number = |ty: FieldType| matches!(ty, FieldType::Int | FieldType::Double);
    match (signal.measure, found) {
        (Measure::Count | Measure::Distinct | Measure::DaysSinceFirst | Measure::DaysSinceLast, _) => Some((FieldType::Int, Vec::new())),
        (Measure::Exists, _) => Some((FieldType::Bool, Vec::new())),
        (Measure::Sum | Measure::Min | Measure::Max, Some((attribute, span))) if !number(attribute.ty) => {
            reader.error("wrong-type", span, format!("`{}` is no number, so it has no `{}`", attribute.name.value, signal.measure.key()), "name an attribute of type int or double");
            None
        }
        (_, Some((attribute, _))) => Some((attribute.ty, attribute.values.clone())),
        (_, None) => None,
    }
}

/// Reports an event that is not declared.
pub fn unknown_event(reader: &mut Reader<'_>, document: &Document, event: &Spanned<String>) {
    let names: Vec<&str> = document.events.iter().map(|known| known.name.value.as_str()).collect();
    let help = match suggest(&event.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => format!("declare it in `events`: {{ {}: {{}} }}", event.value),
        None => format!("known here: {}", names.join(", ")),
    };
    reader.error("unknown-event", event.span, format!("`{}` is not an event", event.value), help);
}
