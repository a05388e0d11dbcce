//! The slice of the shipped policy.

use std::collections::BTreeMap;
use std::path::Path;

use leadgate::{Authored, author};

type Files = BTreeMap<String, Vec<u8>>;

fn files() -> Files {
    fn add(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                add(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = Files::new();
    add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/saas-inbound"), "", &mut found);
    found
}

fn slice(files: &Files) -> (Vec<u8>, String) {
    let Authored { slice, diagnostics, sources, .. } = author("policy.yaml", files);
    let slice = slice.unwrap_or_else(|| panic!("{}", leadgate::report::render_all(&diagnostics, &sources)));
    (slice.program.to_bytes(), format!("{:?}", slice.words))
}

/// The policy without its golden leads, which hold to the numbers that are changed.
fn untested() -> Files {
    let mut files = files();
    let text = String::from_utf8(files["policy.yaml"].clone()).unwrap();
    let rules = text.split("\ntests:\n").next().unwrap().to_owned();
    files.insert("policy.yaml".into(), rules.into_bytes());
    files
}

#[test]
fn its_secrets_are_not_in_it() {
    let (bytes, words) = slice(&files());
    let text = String::from_utf8_lossy(&bytes);
    let secrets = [
        "sales_east", "industry_team", "manual_review", "sdr", "qq.com", "mailinator", "CIO", "信息中心主任", "spam", "duplicate", "fit", "grade", "handover", "source_quality", "mql", "pool",
        "2026.11.1", "seat_usage", "account",
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "`{secret}` is in the slice");
    }
    for secret in ["The message is advertising", "留言是广告", "Strong on paper", "市场认可线索", "预算规模"] {
        assert!(!words.contains(secret), "`{secret}` is among its texts");
    }
    for public in ["messages.soon", "ask.seats.choices.small", "fields.industry"] {
        assert!(words.contains(public), "`{public}` is not among its texts");
    }
}

#[test]
fn its_secrets_leave_no_trace() {
    let files = untested();
    let expected = slice(&files);
    let document = String::from_utf8(files["policy.yaml"].clone()).unwrap();
    let changes = [
        // Points, caps and thresholds of what is secret.
        ("max: 20\n        rules:\n          main_need", "max: 35\n        rules:\n          main_need"),
        ("replace: 14, new_build: 12", "replace: 3, new_build: 9"),
        ("\"1..19999\": 2, \"20000..99999\": 8", "\"1..19999\": 1, \"20000..99999\": 2"),
        ("total: \">= 120\", sdr_score: \">= 60\"", "total: \">= 99\", sdr_score: \">= 71\""),
        ("fit: \">= 60\", verdict", "fit: \">= 61\", verdict"),
        // Routes to the same message, in another order where only secrets tell them apart.
        ("to: sales_west", "to: sales_north"),
        ("{ handover: sales }, to: sales_desk", "{ handover: sales, grade: A | B }, to: industry_team"),
        // Names and ids.
        ("id: desk", "id: bureau"),
        ("test_entry:", "tryout:"),
        ("sdr.attitude", "sdr.mood"),
        ("sdr_score", "phone_score"),
        ("source_quality", "channel_worth"),
        ("free_mail", "private_mail"),
        // Conditions of the screen that rest on secrets.
        ("known(spam)", "'loan' == spam || known(spam) || known(sdr.need)"),
        ("when: { role: student }", "when: { power: decides, role: cio }"),
        ("when: { match: open_lead }", "when: { match: open_lead | customer }"),
        // Stages, moves, identity.
        ("require: [company]", "require: [company, email]"),
        ("from: lead, to: pool", "from: [lead, mql], to: pool"),
        ("identity: [email, mobile, [company, name]]", "identity: [mobile]"),
        ("version: \"2026.11.1\"", "version: \"2026.12.0\""),
    ];
    for (old, new) in changes {
        assert!(document.contains(old), "`{old}` is not in the policy");
        let mut changed = files.clone();
        changed.insert("policy.yaml".into(), document.replace(old, new).into_bytes());
        if old == "free_mail" {
            let list = changed["lists/free-mail.txt"].clone();
            changed.insert("lists/private-mail.txt".into(), list);
        }
        assert!(slice(&changed) == expected, "`{old}` shows");
    }
    for list in ["lists/free-mail.txt", "lists/disposable-mail.txt", "lists/test-names.txt"] {
        let mut changed = files.clone();
        changed.insert(list.into(), b"one.example\ntwo.example\n".to_vec());
        assert!(slice(&changed) == expected, "`{list}` shows");
    }
}

#[test]
fn what_is_public_shows() {
    let files = untested();
    let expected = slice(&files);
    let document = String::from_utf8(files["policy.yaml"].clone()).unwrap();
    for (old, new) in [("id: half, when: { maturity: \">= 50\" }", "id: half, when: { maturity: \">= 60\" }"), ("to: reseller", "to: nurture")] {
        assert!(document.contains(old), "`{old}` is not in the policy");
        let mut changed = files.clone();
        changed.insert("policy.yaml".into(), document.replace(old, new).into_bytes());
        assert!(slice(&changed).0 != expected.0, "`{old}` does not show");
    }
}
