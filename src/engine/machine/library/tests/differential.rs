//! Time zones as `jiff` has them, patterns as `regex` has them.

use jiff::tz::TimeZoneDatabase;
use proptest::prelude::*;

use super::*;
use crate::program::Timestamp;

fn offset(zone: &Value, second: i64) -> i64 {
    super::super::zone::offset(zone, second).unwrap()
}

#[test]
fn every_zone_has_the_offsets_of_jiff() {
    let database = TimeZoneDatabase::bundled();
    // Around every change, and at odd moments of some years.
    let moments = (1800..9999).step_by(97).flat_map(|year| (0..24).map(move |part| crate::time::date::unchecked_days_of(year, 1, 1) * 86_400 + part * 1_314_900));
    let moments: Vec<i64> = moments.filter(|at| (Timestamp::FIRST..=Timestamp::LAST).contains(at)).collect();
    let mut count = 0;
    for name in super::super::zone_names() {
        let theirs = database.get(&name).unwrap();
        let ours = Value::Ready(zone(&name).unwrap_or_else(|| panic!("{name}")));
        let check = |second: i64| {
            let Ok(at) = jiff::Timestamp::from_second(second) else { return };
            assert_eq!(offset(&ours, second), i64::from(theirs.to_offset(at).seconds()), "{name} at {at}");
        };
        moments.iter().copied().for_each(check);
        for change in theirs.following(jiff::Timestamp::MIN).take(400) {
            let second = change.timestamp().as_second();
            [second - 1, second, second + 1].into_iter().for_each(check);
        }
        count += 1;
    }
    assert!(count > 500, "{count} zones");
}

/// Patterns of what both mean the same by.
fn patterns() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[ab上]".prop_map(|text| text),
        Just(".".to_owned()),
        Just("[^a]".to_owned()),
        Just("[a-m上]".to_owned()),
        Just(r"\p{Han}".to_owned()),
        Just(r"[^\p{Ll}]".to_owned()),
        Just("^".to_owned()),
        Just("$".to_owned()),
        Just(r"(?-u:\b)".to_owned()),
        Just(String::new()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("(?:{one}|{other})")),
            (inner.clone(), "[*+?]|\\{1,3\\}|\\{2\\}").prop_map(|(of, times)| format!("(?:{of}){times}")),
            (inner.clone(), "[*+?]").prop_map(|(of, times)| format!("(?:{of}){times}?")),
            inner.prop_map(|of| format!("({of})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]
    #[test]
    fn patterns_match_as_in_regex(written in patterns(), text in "[abm上 \n]{0,12}") {
        let theirs = regex::Regex::new(&written).unwrap();
        let ours = Value::Ready(pattern(&written.replace("(?-u:\\b)", "\\b")).unwrap().into());
        prop_assert_eq!(apply(Matches, &[val(&*text), ours.clone()]), Ok(Value::Bool(theirs.is_match(&text))), "{} on {:?}", written, text);
        let whole = theirs.find_iter(&text).map(|found| val(found.as_str())).collect::<Vec<_>>();
        if theirs.captures_len() == 1 {
            prop_assert_eq!(apply(ExtractAll, &[val(&*text), ours.clone()]), Ok(Value::List(whole.into())), "{} on {:?}", written, text);
        }
        let groups = theirs.captures_len().min(10);
        let (with, template): (String, String) = ((0..groups).map(|group| format!("<\\{group}>")).collect(), (0..groups).map(|group| format!("<${{{group}}}>")).collect());
        prop_assert_eq!(apply(ReplacePattern, &[val(&*text), ours, val(&*with)]), Ok(val(&*theirs.replace_all(&text, &*template))), "{} on {:?}", written, text);
    }
}
