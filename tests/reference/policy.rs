//! A policy document in JSON, read into names and trees. Only documents without errors are read; anything else panics.

use super::events::{Each, Events};
use super::expression::{Expr, Names};
use super::list::{self, Body, List};
use super::unary::Test;
use super::value::Value;
use serde_json::Value as Json;
use std::collections::BTreeMap;

#[derive(Debug)]
pub struct Policy {
    pub names: Names,
    /// Variables in the order fields, signals, derives, scores, outputs, stage.
    pub variables: Vec<Variable>,
    pub lists: Vec<List>,
    pub screen: Vec<(String, When)>,
    pub stages: Option<Stages>,
    pub calendars: BTreeMap<String, Calendar>,
    pub route: Option<Route>,
    pub identity: Vec<Vec<usize>>,
    pub tables: Vec<Table>,
    pub events: Events,
}

#[derive(Debug)]
pub struct Variable {
    pub name: String,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Field(Field),
    Derive(Expr),
    Score(Score),
    /// Table, and the output's place in it.
    Output(usize, usize),
    Stage,
}

#[derive(Debug)]
pub struct Field {
    /// It is computed from events where the host does not give it: its place among the signals.
    pub signal: Option<usize>,
    pub ty: Type,
    pub normalize: Vec<String>,
    pub email: bool,
    pub max_length: usize,
    pub host: bool,
    pub questioned: bool,
    pub gate: Option<When>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    Text,
    Int(i64, i64),
    Double(f64, f64),
    Bool,
    Enum(Vec<String>),
}

#[derive(Debug)]
pub enum When {
    Always,
    Cel(Expr),
    Tests(Vec<(usize, Test)>),
}

#[derive(Debug)]
pub struct Score {
    pub name: String,
    pub range: Option<(i64, i64)>,
    pub groups: Vec<Group>,
    pub sum: Option<Vec<usize>>,
}

#[derive(Debug)]
pub struct Group {
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub rules: Vec<Rule>,
}

#[derive(Debug)]
pub enum Rule {
    By(usize, Vec<(Test, i64)>),
    When(When, i64),
    Each(Each),
}

#[derive(Debug)]
pub struct Table {
    pub id: String,
    /// Its hit policy, in words.
    pub hit: String,
    /// For each output its values in the order in which they are declared; none where only its type is.
    pub values: Vec<Vec<Value>>,
    pub rows: Vec<TableRow>,
    pub default: Option<Vec<Value>>,
}

#[derive(Debug)]
pub struct TableRow {
    pub id: String,
    pub when: When,
    pub then: Vec<Value>,
}

impl Table {
    /// Its outputs are lists.
    pub fn lists(&self) -> bool {
        matches!(self.hit.as_str(), "collect" | "rule order" | "output order")
    }

    /// Its output is a number that several rows make.
    pub fn aggregates(&self) -> bool {
        self.hit.starts_with("collect ")
    }
}

#[derive(Debug)]
pub struct Stages {
    pub names: Vec<String>,
    pub require: Vec<Vec<usize>>,
    pub moves: Vec<Move>,
}

#[derive(Debug)]
pub struct Move {
    pub id: String,
    pub from: Vec<usize>,
    pub to: usize,
    pub when: When,
    /// It has no condition.
    pub always: bool,
    pub event: Option<String>,
    pub after: Option<Time>,
    pub within: Option<Time>,
    pub cool_down: Option<i64>,
    /// Scores, with what is left of them in thousandths.
    pub reset: Vec<(String, i64)>,
    pub reason: Reason,
}

impl Move {
    /// It is taken on its condition.
    pub fn is_plain(&self) -> bool {
        self.event.is_none() && self.after.is_none()
    }
}

/// A length of time, of all time or of a calendar's.
#[derive(Debug)]
pub struct Time {
    pub millis: i64,
    pub calendar: Option<String>,
}

#[derive(Debug)]
pub enum Reason {
    Optional,
    Required,
    OneOf(Vec<String>),
}

/// A calendar of a zone that is always eight hours ahead.
#[derive(Debug)]
pub struct Calendar {
    /// Beginning and end in minutes of the day.
    pub hours: Vec<(i64, i64)>,
    /// Words such as `mon`.
    pub days: Vec<String>,
    /// Days since 1970.
    pub holidays: Vec<i64>,
    pub workdays: Vec<i64>,
}

impl Calendar {
    /// Whether the minute that begins at a moment is working time.
    pub fn works(&self, at: i64) -> bool {
        let minute = at.div_euclid(60_000) + 8 * 60;
        let (day, of_day) = (minute.div_euclid(1440), minute.rem_euclid(1440));
        // 1970 began on a Thursday.
        let weekday = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"][day.rem_euclid(7) as usize];
        let works = self.workdays.contains(&day) || self.days.iter().any(|known| known == weekday) && !self.holidays.contains(&day);
        works && self.hours.iter().any(|(begin, end)| (*begin..*end).contains(&of_day))
    }
}

#[derive(Debug)]
pub struct Route {
    /// Rows with their outcomes, the default last.
    pub rows: Vec<(When, String)>,
    pub on_fault: Option<String>,
}

/// The entries of a section that may be missing.
pub fn entries(json: &Json) -> impl Iterator<Item = (&String, &Json)> {
    json.as_object().into_iter().flatten()
}

pub fn items(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

pub fn string(json: &Json) -> String {
    json.as_str().unwrap_or_else(|| panic!("a text, not {json}")).to_owned()
}

pub fn strings(json: &Json) -> Vec<String> {
    items(json).map(string).collect()
}

/// A number of points in thousandths, from its decimal digits.
pub fn thousandths(json: &Json) -> i64 {
    let text = json.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    assert!(fraction.len() <= 3, "at most three decimals: {text}");
    sign * (whole.parse::<i64>().unwrap() * 1000 + format!("{fraction:0<3}").parse::<i64>().unwrap())
}

impl Policy {
    pub fn read(text: &str) -> Self {
        Self::of(&serde_json::from_str(text).expect("the document is JSON"))
    }

    pub fn of(document: &Json) -> Self {
        let mut names = Names::default();
        let mut order = Vec::new();
        for section in ["fields", "signals", "derive", "experiments", "scores"] {
            order.extend(entries(&document[section]).map(|(name, _)| name.clone()));
        }
        for (_, table) in entries(&document["tables"]) {
            order.extend(entries(&table["outputs"]).map(|(name, _)| name.clone()));
        }
        order.push("stage".to_owned());
        names.variables = order.into_iter().enumerate().map(|(index, name)| (name, index)).collect();
        let mut lists = Vec::new();
        for (name, json) in entries(&document["lists"]) {
            let columns = entries(&json["columns"]).map(|(column, _)| column.clone()).collect();
            names.lists.insert(name.clone(), (lists.len(), columns));
            lists.push(read_list(json));
        }
        let events = Events::read(document, &names);
        let mut variables = Vec::new();
        let mut tables = Vec::new();
        let mut add = |name: &str, kind: Kind| variables.push(Variable { name: name.to_owned(), kind });
        for (name, json) in entries(&document["fields"]) {
            add(name, Kind::Field(read_field(&names, name, json, document)));
        }
        for (at, signal) in events.signals.iter().enumerate() {
            add(&signal.name, Kind::Field(Field::of_signal(at, events.signal_type(signal))));
        }
        for (name, json) in entries(&document["derive"]) {
            add(name, Kind::Derive(names.expression(&string(json))));
        }
        for (name, json) in entries(&document["experiments"]) {
            let arms = entries(&json["arms"]).flat_map(|(arm, weight)| [Value::text(arm), Value::Int(weight.as_i64().unwrap())]).collect::<Vec<_>>();
            let by = names.expression(&string(&json["by"]));
            add(name, Kind::Derive(Expr::Call("experiment".to_owned(), vec![by, Expr::Const(Value::text(name)), Expr::Const(Value::List(arms.into()))])));
        }
        for (name, json) in entries(&document["scores"]) {
            add(name, Kind::Score(read_score(&names, &events, name, json)));
        }
        for (id, json) in entries(&document["tables"]) {
            for (at, (name, _)) in entries(&json["outputs"]).enumerate() {
                add(name, Kind::Output(tables.len(), at));
            }
            tables.push(read_table(&names, id, json));
        }
        add("stage", Kind::Stage);
        Self {
            screen: entries(&document["screen"]).map(|(id, row)| (id.clone(), when(&names, &row["when"]))).collect(),
            stages: document.get("stages").map(|json| read_stages(&names, json)),
            calendars: entries(&document["calendars"]).map(|(name, json)| (name.clone(), read_calendar(json))).collect(),
            route: document.get("route").map(|json| read_route(&names, json)),
            identity: items(&document["identity"])
                .map(|key| match key {
                    Json::Array(_) => strings(key).iter().map(|name| names.variable(name)).collect(),
                    name => vec![names.variable(&string(name))],
                })
                .collect(),
            names,
            variables,
            lists,
            tables,
            events,
        }
    }

    /// A list by its name.
    pub fn list(&self, name: &str) -> &List {
        &self.lists[self.names.lists[name].0]
    }

    pub fn fields(&self) -> impl Iterator<Item = (usize, &str, &Field)> {
        self.variables.iter().enumerate().filter_map(|(index, variable)| match &variable.kind {
            Kind::Field(field) => Some((index, variable.name.as_str(), field)),
            _ => None,
        })
    }
}

/// A condition of a section that is read by itself.
pub fn condition(policy: &Policy, json: &Json) -> When {
    when(&policy.names, json)
}

fn when(names: &Names, json: &Json) -> When {
    match json {
        Json::Null => When::Always,
        Json::String(text) => When::Cel(names.expression(text)),
        _ => When::Tests(entries(json).map(|(name, test)| (names.variable(name), Test::parse(&plain(test)))).collect()),
    }
}

/// A number or bool is the same as its text.
fn plain(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}

fn read_field(names: &Names, name: &str, json: &Json, document: &Json) -> Field {
    const SAFE: i64 = 9_007_199_254_740_991;
    let question = items(&document["ask"]["questions"]).find(|question| question["field"] == *name);
    Field {
        signal: None,
        ty: match json["type"].as_str() {
            Some("string") => Type::Text,
            Some("int") => Type::Int(json["min"].as_i64().unwrap_or(-SAFE), json["max"].as_i64().unwrap_or(SAFE)),
            Some("double") => Type::Double(json["min"].as_f64().unwrap_or(f64::MIN), json["max"].as_f64().unwrap_or(f64::MAX)),
            Some("bool") => Type::Bool,
            Some("enum") => Type::Enum(strings(&json["values"])),
            other => panic!("no type {other:?}"),
        },
        normalize: strings(&json["normalize"]),
        email: json["format"] == "email",
        max_length: json["max_length"].as_u64().unwrap_or(10_000) as usize,
        host: json["from"] == "host",
        questioned: question.is_some(),
        gate: question.and_then(|question| question.get("when")).map(|gate| when(names, gate)),
    }
}

impl Field {
    fn of_signal(at: usize, ty: Type) -> Self {
        Self { signal: Some(at), ty, normalize: Vec::new(), email: false, max_length: 10_000, host: true, questioned: false, gate: None }
    }
}

fn read_list(json: &Json) -> List {
    let normalize = strings(&json["normalize"]);
    let normal = |text: String| list::normalize(&text, &normalize);
    let columns: Vec<(&String, &Json)> = entries(&json["columns"]).collect();
    let body = if columns.is_empty() {
        // What the normalizers leave nothing of is no entry.
        let texts = items(&json["values"]).map(|value| normal(plain(value))).filter(|text| !text.is_empty()).collect();
        if json["match"] == "domain" { Body::Names(texts) } else { Body::Set(texts) }
    } else {
        let read_row = |row: &Json| {
            let cells = columns.iter().map(|(column, ty)| cell(&row[column.as_str()], ty));
            let mut cells: Vec<Option<Value>> = cells.collect();
            let key = normal(plain(&row[columns[0].0.as_str()]));
            cells[0] = Some(Value::text(&key));
            (key, cells)
        };
        Body::Dictionary {
            contains: json["match"] == "contains",
            pick_first: json["pick"] == "first",
            except: strings(&json["except"]).into_iter().map(normal).collect(),
            rows: items(&json["rows"]).map(read_row).collect(),
        }
    };
    List { normalize, body }
}

fn cell(json: &Json, ty: &Json) -> Option<Value> {
    if json.is_null() || *json == "" {
        return None;
    }
    Some(match ty.as_str() {
        Some("int") => Value::Int(json.as_i64().unwrap()),
        Some("double") => Value::Double(json.as_f64().unwrap()),
        Some("bool") => Value::Bool(json.as_bool().unwrap()),
        _ => Value::text(&plain(json)),
    })
}

fn read_score(names: &Names, events: &Events, name: &str, json: &Json) -> Score {
    let group = |group: &Json| Group {
        min: group.get("min").map(thousandths),
        max: group.get("max").map(thousandths),
        rules: entries(&group["rules"]).map(|(_, rule)| read_rule(names, events, rule)).collect(),
    };
    let own = Group { min: None, max: None, ..group(json) };
    Score {
        name: name.to_owned(),
        range: json.get("range").map(|range| (thousandths(&range[0]), thousandths(&range[1]))),
        groups: entries(&json["groups"]).map(|(_, json)| group(json)).chain([own]).collect(),
        sum: json.get("sum").map(|sum| strings(sum).iter().map(|name| names.variable(name)).collect()),
    }
}

fn read_rule(names: &Names, events: &Events, json: &Json) -> Rule {
    if json.get("each").is_some() {
        return Rule::Each(events.each(json, names));
    }
    match json.get("by") {
        Some(by) => {
            let keys = entries(&json["points"]).map(|(key, points)| (Test::parse(key), thousandths(points)));
            Rule::By(names.variable(&string(by)), keys.collect())
        }
        None => Rule::When(when(names, &json["when"]), thousandths(&json["points"])),
    }
}

fn read_table(names: &Names, id: &str, json: &Json) -> Table {
    let outputs: Vec<(&String, &Json)> = entries(&json["outputs"]).collect();
    let then = |then: &Json| {
        let value = |(name, ty): &(&String, &Json)| match then {
            Json::Object(values) => cell(&values[name.as_str()], ty).unwrap(),
            bare => cell(bare, ty).unwrap(),
        };
        outputs.iter().map(value).collect()
    };
    let row = |(at, row): (usize, &Json)| TableRow {
        id: row.get("id").map_or_else(|| format!("row{}", at + 1), string),
        when: when(names, &row["when"]),
        then: then(&row["then"]),
    };
    Table {
        id: id.to_owned(),
        hit: json.get("hit").map_or_else(|| "first".to_owned(), string),
        values: outputs.iter().map(|(_, ty)| items(ty).map(|value| Value::text(&plain(value))).collect()).collect(),
        rows: items(&json["rows"]).enumerate().map(row).collect(),
        default: json.get("default").map(then),
    }
}

fn millis(json: &Json) -> i64 {
    let text = string(json);
    let (number, unit) = text.split_at(text.len() - 1);
    number.parse::<i64>().unwrap() * match unit {
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        other => panic!("the unit `{other}`"),
    }
}

/// A length of time; working time may leave out whose.
pub fn read_time(json: &Json) -> Time {
    match json {
        Json::String(_) => Time { millis: millis(json), calendar: None },
        _ => Time { millis: millis(&json["working"]), calendar: json["calendar"].as_str().map(str::to_owned) },
    }
}

fn read_calendar(json: &Json) -> Calendar {
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap()
    };
    let span = |text: String| {
        let (begin, end) = text.split_once('-').unwrap();
        (minute(begin), minute(end))
    };
    // Dates are generated in October and November 2026, whose first days are the 20727th and the 20758th.
    let day = |text: String| match text.strip_prefix("2026-11-") {
        Some(day) => 20_757 + day.parse::<i64>().unwrap(),
        None => 20_726 + text.strip_prefix("2026-10-").unwrap().parse::<i64>().unwrap(),
    };
    let days = |json: &Json| strings(json).into_iter().map(day).collect();
    Calendar {
        hours: strings(&json["hours"]).into_iter().map(span).collect(),
        days: strings(&json["days"]),
        holidays: days(&json["holidays"]),
        workdays: days(&json["workdays"]),
    }
}

fn read_stages(names: &Names, json: &Json) -> Stages {
    let list: Vec<String> = entries(&json["list"]).map(|(name, _)| name.clone()).collect();
    let index = |name: &Json| list.iter().position(|stage| name == stage).unwrap();
    let read_move = |json: &Json| Move {
        id: string(&json["id"]),
        from: if json["from"].is_array() { items(&json["from"]).map(index).collect() } else { vec![index(&json["from"])] },
        to: index(&json["to"]),
        when: when(names, &json["when"]),
        always: json.get("when").is_none(),
        event: json.get("event").map(string),
        after: json.get("after").map(read_time),
        within: json.get("within").map(read_time),
        cool_down: json.get("cool_down").map(millis),
        reset: entries(&json["reset"]).map(|(score, left)| (score.clone(), (string(left).trim_end_matches('%').parse::<f64>().unwrap() * 10.0) as i64)).collect(),
        reason: match &json["reason"] {
            Json::Null => Reason::Optional,
            Json::Array(_) => Reason::OneOf(strings(&json["reason"])),
            _ => Reason::Required,
        },
    };
    Stages {
        require: entries(&json["list"]).map(|(_, stage)| strings(&stage["require"]).iter().map(|name| names.variable(name)).collect()).collect(),
        moves: items(&json["moves"]).map(read_move).collect(),
        names: list,
    }
}

fn read_route(names: &Names, json: &Json) -> Route {
    let rows = items(&json["rows"]).map(|row| (when(names, &row["when"]), string(&row["to"])));
    Route {
        rows: rows.chain(json.get("default").map(|default| (When::Always, string(default)))).collect(),
        on_fault: json.get("on_fault").map(string),
    }
}
