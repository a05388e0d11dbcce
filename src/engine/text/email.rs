//! E-mail addresses: their format and their domain.

use std::borrow::Cow;

use super::normalize::lowercase;

/// Whether a text is an e-mail address as `format: email` means it: one `@`, something before it, after it at least two
/// labels joined by dots, none of them empty, and no white space anywhere.
pub fn valid_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && !domain.contains('@')
        && !text.chars().any(char::is_whitespace)
}

/// What follows the last `@`, in lower case; none where there is no `@`.
pub fn domain(text: &str) -> Option<Cow<'_, str>> {
    text.rsplit_once('@').map(|(_, domain)| lowercase(domain))
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
