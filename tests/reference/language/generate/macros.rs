//! Random forms that are no functions: literals of lists and maps, members, macros, `cel.bind`, `format`.

use super::*;

const MEMBERS: &[&str] = &["key", "k", "a", "none"];
const NAMES: &[&str] = &["x", "y", "z", "a"];

impl Writer<'_> {
    fn name(&mut self) -> String {
        (*self.random.pick(NAMES)).to_owned()
    }

    /// With names bound around it.
    fn within(&mut self, names: &[(String, Type)], ty: &Type, depth: usize) -> Expr {
        self.locals.extend(names.iter().cloned());
        let expr = self.write(ty, depth);
        self.locals.truncate(self.locals.len() - names.len());
        expr
    }

    pub(super) fn bind(&mut self, ty: &Type, depth: usize) -> Expr {
        let (name, held) = (self.name(), self.some(1));
        let value = self.part(&held, depth);
        let body = self.within(&[(name.clone(), held)], ty, depth);
        Expr::Macro("cel.bind", value, vec![name], vec![body])
    }

    /// `{…}.key`, of a map that mostly has it.
    pub(super) fn member(&mut self, ty: &Type, depth: usize) -> Expr {
        let member = (*self.random.pick(MEMBERS)).to_owned();
        let map = self.with_member(&member, ty, depth);
        Expr::Member(map.into(), member, false)
    }

    fn with_member(&mut self, member: &str, ty: &Type, depth: usize) -> Expr {
        if self.random.chance(30) {
            return self.write(&Type::map(Type::Text, ty.clone()), depth);
        }
        let mut entries = vec![(false, Expr::Literal(Value::text(member)), self.write(ty, depth))];
        if self.random.chance(30) {
            entries.push((false, Expr::Literal(Value::text("other")), self.write(ty, depth)));
        }
        Expr::Map(entries)
    }

    /// What only this type has.
    pub(super) fn particular(&mut self, ty: &Type, depth: usize) -> Expr {
        match ty {
            Type::Bool => self.truth(depth),
            Type::List(of) => self.list(of, depth),
            Type::Map(key, of) => self.map(key, of, depth),
            Type::Optional(of) => self.optional(of, depth),
            Type::Text if !self.style.common && self.random.chance(60) => self.format(depth),
            Type::Int | Type::Double if !self.style.common && self.random.chance(15) => Expr::Call("math.greatest".to_owned(), vec![*self.part(ty, depth)]),
            _ => self.applied(ty, depth),
        }
    }

    fn truth(&mut self, depth: usize) -> Expr {
        let whole = !self.style.common;
        match self.random.below(if whole { 14 } else { 6 }) {
            0..=2 => {
                let name = *self.random.pick(&["all", "exists", "exists_one"]);
                let (range, names) = self.range(depth);
                let test = self.within(&names, &Type::Bool, depth);
                Expr::Macro(name, range.into(), vec![names[0].0.clone()], vec![test])
            }
            3 => {
                let (member, of) = ((*self.random.pick(MEMBERS)).to_owned(), self.some(0));
                let map = self.with_member(&member, &of, depth);
                let asked = if self.random.chance(70) { member } else { "none".to_owned() };
                Expr::Has(map.into(), asked)
            }
            4 | 5 => {
                let operator = *self.random.pick(&["&&", "||"]);
                Expr::Binary(operator, self.part(&Type::Bool, depth), self.part(&Type::Bool, depth))
            }
            6..=8 => {
                let name = *self.random.pick(&["all", "exists", "existsOne"]);
                let (range, names) = self.range_of_two(depth);
                let test = self.within(&names, &Type::Bool, depth);
                Expr::Macro(name, range.into(), names.into_iter().map(|(name, _)| name).collect(), vec![test])
            }
            9 => {
                let of = self.some(1);
                let value = self.write(&of, depth);
                Expr::binary("==", Expr::Call("type".to_owned(), vec![value]), Expr::Type(*self.random.pick(literals::TYPES)))
            }
            10 | 11 => {
                // Numbers of several types have one order.
                const NUMBERS: &[Type] = &[Type::Int, Type::Uint, Type::Double];
                let operator = *self.random.pick(&["<", "<=", ">", ">="]);
                let (left, right) = (self.random.pick(NUMBERS).clone(), self.random.pick(NUMBERS).clone());
                Expr::Binary(operator, self.part(&left, depth), self.part(&right, depth))
            }
            12 => {
                let (left, right) = (self.some(1), self.some(1));
                let dynamic = |expr| Expr::Call("dyn".to_owned(), vec![expr]);
                let (left, right) = (dynamic(self.write(&left, depth)), dynamic(self.write(&right, depth)));
                Expr::binary(*self.random.pick(&["==", "!=", "<"]), left, right)
            }
            _ => {
                let of = self.some(1);
                Expr::Has(Expr::Member(self.with_member("key", &Type::map(Type::Text, of.clone()), depth).into(), "key".to_owned(), true).into(), "k".to_owned())
            }
        }
    }

    /// A list or map, and the name for its elements or keys.
    fn range(&mut self, depth: usize) -> (Expr, Vec<(String, Type)>) {
        let name = self.name();
        let of = self.some(1);
        if self.random.chance(75) || self.style.common {
            let range = self.write(&Type::list(of.clone()), depth);
            (range, vec![(name, of)])
        } else {
            let key = key(self.random);
            let range = self.write(&Type::map(key.clone(), of), depth);
            (range, vec![(name, key)])
        }
    }

    /// A list or map, and names for places and elements or keys and values.
    fn range_of_two(&mut self, depth: usize) -> (Expr, Vec<(String, Type)>) {
        let of = self.some(1);
        let names = [self.random.pick(&["i", "x"]).to_string(), self.random.pick(&["v", "y"]).to_string()];
        let [first, second] = names;
        if self.random.chance(50) {
            let range = self.write(&Type::list(of.clone()), depth);
            (range, vec![(first, Type::Int), (second, of)])
        } else {
            let key = key(self.random);
            let range = self.write(&Type::map(key.clone(), of.clone()), depth);
            (range, vec![(first, key), (second, of)])
        }
    }

    fn list(&mut self, of: &Type, depth: usize) -> Expr {
        let whole = !self.style.common;
        match self.random.below(if whole { 10 } else { 6 }) {
            0..=2 => {
                let count = literals::count(self.random);
                let optional = whole && self.random.chance(25);
                let elements = (0..count).map(|_| {
                    let asks = optional && self.random.chance(50);
                    (asks, if asks { self.write(&Type::optional(of.clone()), depth) } else { self.write(of, depth) })
                });
                Expr::List(elements.collect())
            }
            3 => {
                let name = self.name();
                let range = self.write(&Type::list(of.clone()), depth);
                let test = self.within(&[(name.clone(), of.clone())], &Type::Bool, depth);
                Expr::Macro("filter", range.into(), vec![name], vec![test])
            }
            4 | 5 => {
                let (range, names) = self.range(depth);
                let mut args = Vec::new();
                if self.random.chance(40) {
                    args.push(self.within(&names, &Type::Bool, depth));
                }
                args.push(self.within(&names, of, depth));
                Expr::Macro("map", range.into(), vec![names[0].0.clone()], args)
            }
            6 | 7 => self.transform("transformList", of, depth),
            8 => {
                let (name, by) = (self.name(), ordered(self.random));
                let range = self.write(&Type::list(of.clone()), depth);
                let key = self.within(&[(name.clone(), of.clone())], &by, depth.min(1));
                Expr::Macro("sortBy", range.into(), vec![name], vec![key])
            }
            _ => self.applied(&Type::list(of.clone()), depth),
        }
    }

    fn transform(&mut self, name: &'static str, of: &Type, depth: usize) -> Expr {
        let (range, names) = self.range_of_two(depth);
        let mut args = Vec::new();
        if self.random.chance(40) {
            args.push(self.within(&names, &Type::Bool, depth));
        }
        args.push(self.within(&names, of, depth));
        Expr::Macro(name, range.into(), names.into_iter().map(|(name, _)| name).collect(), args)
    }

    fn map(&mut self, key: &Type, of: &Type, depth: usize) -> Expr {
        let whole = !self.style.common;
        match self.random.below(if whole { 6 } else { 2 }) {
            0 | 1 => {
                let count = literals::count(self.random);
                let optional = whole && self.random.chance(25);
                let entries = (0..count).map(|_| {
                    let asks = optional && self.random.chance(50);
                    // Keys that are written out seldom come twice.
                    let name = if self.random.chance(80) { self.leaf(key) } else { self.write(key, depth) };
                    (asks, name, if asks { self.write(&Type::optional(of.clone()), depth) } else { self.write(of, depth) })
                });
                Expr::Map(entries.collect())
            }
            2 | 3 => {
                // Its keys are those of the range.
                let names = [("k".to_owned(), key.clone()), ("v".to_owned(), self.some(1))];
                let range = self.write(&Type::map(key.clone(), names[1].1.clone()), depth);
                let mut args = Vec::new();
                if self.random.chance(40) {
                    args.push(self.within(&names, &Type::Bool, depth));
                }
                args.push(self.within(&names, of, depth));
                Expr::Macro("transformMap", range.into(), names.into_iter().map(|(name, _)| name).collect(), args)
            }
            4 => {
                let (range, names) = self.range_of_two(depth);
                let (name, value) = (self.within(&names, key, 1), self.within(&names, of, depth));
                Expr::Macro("transformMapEntry", range.into(), names.into_iter().map(|(name, _)| name).collect(), vec![Expr::Map(vec![(false, name, value)])])
            }
            _ => self.applied(&Type::map(key.clone(), of.clone()), depth),
        }
    }

    fn optional(&mut self, of: &Type, depth: usize) -> Expr {
        match self.random.below(6) {
            0 => {
                let (name, held) = (self.name(), self.some(1));
                let target = self.part(&Type::optional(held.clone()), depth);
                let body = self.within(&[(name.clone(), held)], of, depth);
                Expr::Macro("optMap", target, vec![name], vec![body])
            }
            1 => {
                let (name, held) = (self.name(), self.some(1));
                let target = self.part(&Type::optional(held.clone()), depth);
                let body = self.within(&[(name.clone(), held)], &Type::optional(of.clone()), depth);
                Expr::Macro("optFlatMap", target, vec![name], vec![body])
            }
            2 | 3 => {
                let member = (*self.random.pick(MEMBERS)).to_owned();
                let map = self.with_member(&member, of, depth);
                let asked = if self.random.chance(70) { member } else { "none".to_owned() };
                let map = if self.random.chance(25) { Expr::Call("optional.of".to_owned(), vec![map]) } else { map };
                Expr::Member(map.into(), asked, true)
            }
            _ => self.applied(&Type::optional(of.clone()), depth),
        }
    }

    /// A text with clauses, and values for them.
    fn format(&mut self, depth: usize) -> Expr {
        let (mut text, mut values) = (String::new(), Vec::new());
        for _ in 0..self.random.below(4) {
            let number = |writer: &mut Self| writer.random.pick(&[Type::Int, Type::Uint, Type::Double]).clone();
            let (clause, ty) = match self.random.below(9) {
                0..=2 => ("%s", self.some(2)),
                3 => ("%d", number(self)),
                4 => (*self.random.pick(&["%f", "%.2f", "%.0f", "%.10f"]), number(self)),
                5 => (*self.random.pick(&["%e", "%.3e"]), number(self)),
                6 => ("%b", self.random.pick(&[Type::Int, Type::Uint, Type::Bool]).clone()),
                7 => (*self.random.pick(&["%x", "%X"]), self.random.pick(&[Type::Int, Type::Uint, Type::Text, Type::Bytes]).clone()),
                _ => ("%o", self.random.pick(&[Type::Int, Type::Uint]).clone()),
            };
            let clause = if self.random.chance(6) { *self.random.pick(&["%s", "%d", "%x", "%f", "%y", "%%", "%"]) } else { clause };
            text.push_str(clause);
            text.push_str(self.random.pick::<&str>(&["", " ", "-", "%%"]));
            let value = self.write(&ty, depth.min(1));
            values.push((false, Expr::Call("dyn".to_owned(), vec![value])));
        }
        Expr::Method(Expr::Literal(Value::Text(text)).into(), "format".to_owned(), vec![Expr::List(values)])
    }
}
