//! The name an author probably meant.

/// Longer names than this are not compared: a misspelling of one is not what an author needs help with, and comparing costs their product.
const MAX_LENGTH: usize = 100;

/// The candidate nearest to `name`, if one is near enough to be what the author meant.
///
/// The distance is the number of characters inserted, removed, replaced or swapped with their neighbour, the case of ASCII letters ignored. It may be
/// a third of the name's length, but at least 1, and never all of the name. Of equally near candidates the first wins.
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = fold(name)?;
    let limit = (name.len() / 3).max(1);
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        let Some(other) = fold(candidate) else { continue };
        if name.len().abs_diff(other.len()) > limit {
            continue;
        }
        let distance = distance(&name, &other);
        let near = distance <= limit && (distance == 0 || distance < name.len().max(other.len()));
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn fold(name: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = name.chars().take(MAX_LENGTH + 1).map(|letter| letter.to_ascii_lowercase()).collect();
    (!letters.is_empty() && letters.len() <= MAX_LENGTH).then_some(letters)
}

/// Edit distance in which a swap of neighbours counts one (no part is edited twice).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut above = None;
    for (row, &x) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut left = None;
        for (column, &y) in b.iter().enumerate() {
            let get = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX - 1);
            let replaced = get(&last, column) + usize::from(x != y);
            let mut least = replaced.min(get(&last, column + 1) + 1).min(get(&current, column) + 1);
            if let Some(swapped) = column.checked_sub(1).filter(|_| above == Some(y) && left == Some(x)) {
                least = least.min(get(&before_last, swapped) + 1);
            }
            current.push(least);
            left = Some(y);
        }
        before_last = std::mem::replace(&mut last, current);
        above = Some(x);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, suggest};

    fn between(a: &str, b: &str) -> usize {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        distance(&letters(a), &letters(b))
    }

    #[test]
    fn distance_counts_edits_and_swaps() {
        assert_eq!(between("", ""), 0);
        assert_eq!(between("", "abc"), 3);
        assert_eq!(between("abc", ""), 3);
        assert_eq!(between("seats", "seats"), 0);
        assert_eq!(between("seats", "seat"), 1);
        assert_eq!(between("saets", "seats"), 1);
        assert_eq!(between("abcd", "badc"), 2);
        assert_eq!(between("kitten", "sitting"), 3);
    }

    #[test]
    fn nearest_candidate_wins_and_the_first_of_equals() {
        assert_eq!(suggest("finanse", ["retail", "finance", "finances"]), Some("finance"));
        assert_eq!(suggest("mat", ["map", "max"]), Some("map"));
        assert_eq!(suggest("INDUSTRY", ["industry"]), Some("industry"));
        assert_eq!(suggest("上诲", ["江苏", "上海"]), Some("上海"));
    }

    #[test]
    fn nothing_is_suggested_where_nothing_is_near() {
        assert_eq!(suggest("budget", ["seats", "industry"]), None);
        assert_eq!(suggest("x", ["y"]), None);
        assert_eq!(suggest("ab", ["cd"]), None);
        assert_eq!(suggest("", ["a"]), None);
        assert_eq!(suggest("a", []), None);
    }

    #[test]
    fn a_single_letter_matches_its_other_case() {
        assert_eq!(suggest("a", ["B", "A"]), Some("A"));
    }

    #[test]
    fn very_long_names_are_left_alone() {
        let long = "a".repeat(1_000_000);
        assert_eq!(suggest(&long, [long.as_str()]), None);
    }
}
