//! Random expressions of which some variables are open.

use super::*;

/// A case with one or more open variables, most of them bools, that the expression names.
pub fn open(random: &mut Random) -> Case {
    loop {
        let typed = random.chance(92);
        let style = Style { stray: if typed { 0 } else { 4 }, common: false };
        let mut variables = variables(random);
        for (at, name) in ["p", "q", "r", "s"].iter().enumerate() {
            let ty = if at < 3 { Type::Bool } else { random.pick(&[Type::Int, Type::Text, Type::Double, Type::Uint, Type::list(Type::Int), Type::map(Type::Text, Type::Bool), Type::optional(Type::Int)]).clone() };
            variables.push(Variable { name: (*name).to_owned(), ty, value: None });
        }
        let depth = 2 + random.below(3);
        let mut writer = Writer::new(random, style, variables);
        let ty = if writer.random.chance(75) { Type::Bool } else { any(writer.random, 1) };
        let expr = writer.grown(&ty, depth);
        let case = Case { expr, variables: writer.variables, typed };
        if case.open().count() > 0 {
            return case;
        }
    }
}

/// Over bools and small ints, with comparison, logic and conditional, each variable at most once.
pub fn simple(random: &mut Random) -> Case {
    let mut free: Vec<&str> = vec!["p", "q", "r", "s", "t"];
    let depth = 1 + random.below(3);
    let expr = truth(random, &mut free, depth);
    Case { expr, variables: SIMPLE.iter().map(|name| Variable { name: (*name).to_owned(), ty: Type::Bool, value: None }).collect(), typed: true }
}

/// The variables of simple expressions.
pub const SIMPLE: [&str; 5] = ["p", "q", "r", "s", "t"];
const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn truth(random: &mut Random, free: &mut Vec<&str>, depth: usize) -> Expr {
    if depth == 0 || random.chance(10) {
        return match free.pop() {
            Some(name) if random.chance(85) => Expr::Name(name.to_owned()),
            _ => Expr::Literal(Value::Bool(random.chance(50))),
        };
    }
    let down = depth - 1;
    match random.below(9) {
        0 => Expr::Unary('!', truth(random, free, down).into()),
        1 | 2 => Expr::binary(*random.pick(&["&&", "||"]), truth(random, free, down), truth(random, free, down)),
        3 | 4 => Expr::binary(*random.pick(&COMPARISONS), truth(random, free, down), truth(random, free, down)),
        5 => Expr::If(truth(random, free, down).into(), truth(random, free, down).into(), truth(random, free, down).into()),
        _ => Expr::binary(*random.pick(&COMPARISONS), number(random, free, down), number(random, free, down)),
    }
}

fn number(random: &mut Random, free: &mut Vec<&str>, depth: usize) -> Expr {
    if depth == 0 || random.chance(30) {
        return Expr::Literal(Value::Int(random.between(0, 3)));
    }
    Expr::If(truth(random, free, depth - 1).into(), number(random, free, depth - 1).into(), number(random, free, depth - 1).into())
}
