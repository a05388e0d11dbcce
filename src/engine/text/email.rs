//! E-mail addresses: their format and their domain.

use std::borrow::Cow;

use super::normalize::lowercase;

/// Whether a text is an e-mail address as `format: email` means it: one `@`, something before it, after it at least two
/// labels joined by dots, none of them empty, and no white space anywhere.
pub fn valid_email(text: &str) -> bool {
    let (mut signs, mut dots, mut label) = (0, 0, 0);
    for char in text.chars() {
        match char {
            '@' | '.' if label == 0 && (char == '@' || signs > 0) => return false,
            '@' => (signs, label) = (signs + 1, 0),
            '.' if signs > 0 => (dots, label) = (dots + 1, 0),
            _ if char.is_whitespace() => return false,
            _ => label += 1,
        }
    }
    signs == 1 && dots > 0 && label > 0
}

/// What follows the last `@`, in lower case; none where there is no `@`.
pub fn domain(text: &str) -> Option<Cow<'_, str>> {
    let at = text.bytes().rposition(|byte| byte == b'@')?;
    text.get(at + 1..).map(lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for good in ["a@b.cn", "first.last+tag@mail.example.com", "李@例子.中国", "a@b.c.d"] {
            assert!(valid_email(good), "{good}");
        }
        for bad in ["", "a", "@b.cn", "a@", "a@b", "a@.cn", "a@b.", "a@b..cn", "a@@b.cn", "a@b@c.cn", "a b@c.cn", "a@b.cn ", "a@b.\u{3000}cn"] {
            assert!(!valid_email(bad), "{bad}");
        }
    }

    #[test]
    fn domains() {
        assert_eq!(domain("A@Mail.Example.COM").as_deref(), Some("mail.example.com"));
        assert_eq!(domain("a@b@C.cn").as_deref(), Some("c.cn"));
        assert_eq!(domain("a@").as_deref(), Some(""));
        assert_eq!(domain("nobody"), None);
    }
}
