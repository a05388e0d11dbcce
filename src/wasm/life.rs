//! Questions about what becomes of a lead. They are asked rarely, so what they are given and give is values (`pkg/src/full/values.mjs`).

use super::engine::failure;
use crate::engine::{Encoded, Engine};
use crate::life::given::{Given, list, text};
use crate::life::{self, LifeError};
use crate::program::{Value, bytes_of_value, value_of_bytes};

/// `whatIf`
const WHAT_IF: u8 = 0;

/// The answer, after a zero; or a one and the code, the message, the path and the help of an error; or a two and what is wrong with the lead that stands in `encoded`.
pub fn answer(engine: &Engine, encoded: &Encoded, question: u8, given: &[u8]) -> Vec<u8> {
    let lead = match encoded.lead(engine) {
        Ok(lead) => lead,
        Err(error) => return bytes_of_value(&list([Value::Int(2), Value::Int(i64::from(failure(error)))])),
    };
    let given = value_of_bytes(given).unwrap_or(Value::Null);
    let given = Given::new(&given, "");
    let found = match question {
        WHAT_IF => life::what_if(engine, &lead, &given),
        _ => Err(LifeError::new("wrong-option", "question", "there is no such question")),
    };
    bytes_of_value(&match found {
        Ok(answer) => list([Value::Int(0), answer]),
        Err(error) => list([Value::Int(1), text(error.code), text(&error.message), text(&error.path), text(&error.help)]),
    })
}
