//! Random CEL.

use super::scope::{Generator, Kind, Role, Var, is_number, quote};

impl Generator {
    /// A condition.
    pub fn condition(&mut self, scope: &[Var], depth: usize) -> String {
        if depth == 0 {
            return self.atom(scope);
        }
        match self.random.below(10) {
            0..=3 => self.atom(scope),
            4 => format!("!({})", self.condition(scope, depth - 1)),
            5 => format!("({}) && ({})", self.condition(scope, depth - 1), self.condition(scope, depth - 1)),
            6 => format!("({}) || ({})", self.condition(scope, depth - 1), self.condition(scope, depth - 1)),
            7 => format!(
                "({}) ? ({}) : ({})",
                self.condition(scope, depth - 1),
                self.condition(scope, depth - 1),
                self.condition(scope, depth - 1)
            ),
            // Without brackets: `&&` binds tighter than `||`.
            _ => {
                let mut text = self.atom(scope);
                for _ in 0..1 + self.random.below(3) {
                    text += if self.chance(50) { " && " } else { " || " };
                    text += &self.atom(scope);
                }
                text
            }
        }
    }

    /// A condition that binds at least as tightly as a comparison.
    fn atom(&mut self, scope: &[Var]) -> String {
        if !self.small && self.chance(30) {
            return self.computed(scope);
        }
        let var = self.random.pick(scope).clone();
        if var.role != Role::Result && self.chance(20) {
            return self.state(&var);
        }
        if !self.small && self.chance(8) {
            return self.fragile(&var);
        }
        let name = &var.name;
        match &var.kind {
            Kind::Bool => match self.random.below(3) {
                0 => name.clone(),
                1 => format!("!{name}"),
                _ => format!("{name} == {}", self.chance(50)),
            },
            kind @ (Kind::Int(..) | Kind::Double(..)) => {
                let constant = self.number(kind);
                match self.random.below(if self.small { 7 } else { 9 }) {
                    at @ 0..=5 => format!("{name} {} {constant}", ["==", "!=", "<", "<=", ">", ">="][at]),
                    6 => format!("{constant} <= {name}"),
                    _ if matches!(kind, Kind::Int(..)) => format!("{name} in [{constant}, {}]", self.number(kind)),
                    _ => format!("{constant} > {name}"),
                }
            }
            Kind::Text => self.text_atom(&var),
            Kind::List(of) => self.list_atom(name, of),
            Kind::Enum(values) => {
                let value = quote(self.random.pick::<String>(values));
                match self.random.below(4) {
                    0 => format!("{name} == {value}"),
                    1 => format!("{name} != {value}"),
                    2 => match self.set(Some(values)) {
                        Some(list) => format!("{name} in lists.{list}"),
                        None => format!("{name} == {value}"),
                    },
                    _ => {
                        let some: Vec<String> = self.random.some(values, 3).iter().map(|value| quote(value)).collect();
                        format!("{name} in [{}]", some.join(", "))
                    }
                }
            }
        }
    }

    /// A condition that faults for some values.
    fn fragile(&mut self, var: &Var) -> String {
        let name = &var.name;
        match &var.kind {
            Kind::Bool => format!("[1, 2][{name} ? 1 : 2] == 2"),
            Kind::Int(..) => format!("12 / ({name} - {}) >= 1", self.random.between(0, 3)),
            Kind::Double(..) => format!("12 % int({name}) == 2"),
            Kind::Text => format!("{name}.substring({}) != \"b\"", self.random.between(1, 4)),
            Kind::List(_) => format!("{name}[1] == {name}[0]"),
            Kind::Enum(values) => format!("{{{}: true, {}: false}}[{name}]", quote(&values[0]), quote(&values[values.len() - 1])),
        }
    }

    fn state(&mut self, var: &Var) -> String {
        let tests: &[&str] = if var.role == Role::Field { &["known", "unanswered", "declined", "masked"] } else { &["known", "unanswered"] };
        format!("{}({})", self.random.pick(tests), var.name)
    }

    fn text_atom(&mut self, var: &Var) -> String {
        let name = &var.name;
        let constant = quote(&self.text(var.email));
        match self.random.below(if self.small { 4 } else { 11 }) {
            0 => format!("{name} == {constant}"),
            1 => format!("{name} != {constant}"),
            2 | 3 => match self.set(None) {
                Some(list) => format!("{name} in lists.{list}"),
                None => format!("{name} == {constant}"),
            },
            4 => format!("{name}.contains({constant})"),
            5 => format!("{name}.startsWith({constant})"),
            6 => format!("{name}.endsWith({constant})"),
            7 => format!("{name}.lowerAscii() == {constant}"),
            8 => match self.set(None) {
                Some(list) if var.email => format!("domain({name}) in lists.{list}"),
                _ => format!("domain({name}) == {constant}"),
            },
            9 => self.lookup_atom(name).unwrap_or_else(|| format!("{name} == {constant}")),
            _ => format!("{name} in [{constant}, {}]", quote(&self.word())),
        }
    }

    fn lookup_atom(&mut self, text: &str) -> Option<String> {
        let (list, column, kind) = self.column(|_| true)?;
        let cell = format!("lookup(lists.{list}, {text}).{column}");
        Some(match &kind {
            Kind::Bool => cell,
            Kind::Int(..) | Kind::Double(..) => format!("{cell} >= {}", self.number(&kind)),
            Kind::Text | Kind::List(_) => format!("{cell} == {}", quote(&self.word())),
            Kind::Enum(values) => format!("{cell} == {}", quote(self.random.pick::<String>(values))),
        })
    }

    /// A comparison of something computed; a plain atom where the scope has no variable for it.
    fn computed(&mut self, scope: &[Var]) -> String {
        let int = Kind::Int(-5, 30);
        let operator = *self.random.pick(&["==", "!=", "<", "<=", ">", ">="]);
        let made = match self.random.below(6) {
            0 | 1 => self.int(scope, 2).map(|left| format!("{left} {operator} {}", self.number(&int))),
            2 => self.double(scope, 2).map(|left| format!("{left} {operator} {}", self.number(&Kind::Double(-5, 30)))),
            3 => self.string(scope, 2).map(|left| format!("{left} == {}", quote(&self.word()))),
            4 => self.string(scope, 1).map(|left| format!("{left}.contains({})", quote(&self.word()))),
            _ => self.comprehension(scope),
        };
        made.unwrap_or_else(|| {
            let var = self.random.pick(scope).clone();
            if var.role == Role::Result { format!("{0} == {0}", var.name) } else { self.state(&var) }
        })
    }

    fn comprehension(&mut self, scope: &[Var]) -> Option<String> {
        if self.chance(50) {
            let var = self.var(scope, |var| matches!(var.kind, Kind::Int(..)))?.name.clone();
            let range = "[1, 2, 5, 12]";
            return Some(match self.random.below(6) {
                0 => format!("{range}.exists(it, it == {var})"),
                1 => format!("{range}.all(it, it < {var})"),
                2 => format!("{range}.exists_one(it, it >= {var})"),
                3 => format!("{range}.filter(it, it > {var}).size() >= 2"),
                4 => format!("{range}.map(it, it * {var}).exists(other, other == 10)"),
                _ => format!("{range}.map(it, it > 1, 60 / (it - {var})).all(other, other != 5)"),
            });
        }
        let var = self.var(scope, |var| var.kind == Kind::Text)?.name.clone();
        let range = format!("[{}, {}]", quote(&self.word()), quote(&self.word()));
        Some(match self.random.below(4) {
            0 => format!("{range}.exists(it, {var}.contains(it))"),
            1 => format!("{range}.all(it, it != {var})"),
            2 => format!("{var}.split(\"a\").exists(it, it == \"b\")"),
            _ => format!("{range}.exists(it, {range}.exists(other, it + other == {var}))"),
        })
    }

    /// An int.
    pub fn int(&mut self, scope: &[Var], depth: usize) -> Option<String> {
        let var = self.var(scope, |var| matches!(var.kind, Kind::Int(..)));
        let Some(Var { name, kind, .. }) = var else {
            let text = self.var(scope, |var| var.kind == Kind::Text)?;
            return Some(format!("size({})", text.name));
        };
        if depth == 0 {
            return Some(name.clone());
        }
        let constant = self.random.between(1, 12);
        let other = self.int(scope, depth - 1)?;
        Some(match self.random.below(13) {
            0 => format!("({name} + {other})"),
            1 => format!("({name} - {constant})"),
            2 => format!("{name} * {other}"),
            3 => format!("{constant} / {name}"),
            4 => format!("{name} {} {other}", self.random.pick(&["/", "%"])),
            5 => format!("-{name}"),
            6 => format!("(({}) ? {other} : {constant})", self.condition(scope, depth - 1)),
            7 => format!("math.greatest({name}, {other})"),
            8 => format!("math.abs({name} - {})", self.number(kind)),
            9 => format!("[10, 20, 30][{name}]"),
            10 => match (self.var(scope, |var| var.kind == Kind::Text), self.column(|kind| matches!(kind, Kind::Int(..)))) {
                (Some(text), Some((list, column, _))) => format!("lookup(lists.{list}, {}).{column}", text.name),
                _ => format!("{constant} - {other}"),
            },
            11 => match self.var(scope, |var| var.kind == Kind::Text) {
                Some(text) => format!("bucket({}, \"b{constant}\")", text.name),
                None => format!("{other} - {name}"),
            },
            _ => match self.var(scope, |var| var.kind == Kind::Text) {
                Some(text) => format!("(size({}) + {name})", text.name),
                None => format!("{constant} * {name}"),
            },
        })
    }

    /// A double.
    pub fn double(&mut self, scope: &[Var], depth: usize) -> Option<String> {
        let var = self.var(scope, |var| is_number(&var.kind))?;
        let name = if matches!(var.kind, Kind::Int(..)) { format!("double({})", var.name) } else { var.name.clone() };
        if depth == 0 {
            return Some(name);
        }
        let other = self.double(scope, depth - 1)?;
        let constant = self.number(&Kind::Double(1, 9));
        Some(match self.random.below(7) {
            0 => format!("({name} + {other})"),
            1 => format!("({name} - {constant})"),
            2 => format!("{name} * {other}"),
            3 => format!("{name} / {other}"),
            4 => format!("{name} / {constant}"),
            5 => format!("-{name}"),
            _ => format!("(({}) ? {other} : {name})", self.condition(scope, depth - 1)),
        })
    }

    /// A text that is no literal.
    pub fn string(&mut self, scope: &[Var], depth: usize) -> Option<String> {
        let var = self.var(scope, |var| var.kind == Kind::Text)?;
        let name = var.name.clone();
        if depth == 0 {
            return Some(name);
        }
        let other = self.string(scope, depth - 1)?;
        let word = quote(&self.word());
        Some(match self.random.below(13) {
            0 => format!("({name} + {other})"),
            1 => format!("({word} + {other})"),
            2 => format!("{name}.lowerAscii()"),
            3 => format!("{name}.upperAscii()"),
            4 => format!("{name}.trim()"),
            5 => format!("{name}.substring(0, 2)"),
            6 => format!("{name}.charAt(1)"),
            7 => format!("{name}.replace(\"a\", \"b\")"),
            8 => format!("(({}) ? {other} : {word})", self.condition(scope, depth - 1)),
            9 => format!("domain({name})"),
            10 => format!("{name}.split(\"b\").join(\"a\")"),
            11 => match self.column(|kind| *kind == Kind::Text) {
                Some((list, column, _)) => format!("lookup(lists.{list}, {name}).{column}"),
                None => format!("{name}.substring({name}.indexOf(\"b\"))"),
            },
            _ => match self.var(scope, |var| matches!(var.kind, Kind::Int(..))) {
                Some(int) => format!("({name} + string({}))", int.name),
                None => format!("{name}.reverse()"),
            },
        })
    }
}
