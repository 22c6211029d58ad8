//! Every code that the program can say has words.

#![expect(clippy::unwrap_used, reason = "a helper of a test stops it at once")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use takar_domain::issue::Issue;
use takar_domain::text::issue::issue;
use takar_domain::text::{board, entry, names, procedure, settings, validate};

/// Codes in `Issue::hard("…"`, `Issue::soft("…"` and `Issue::add(found, "…"` of a folder's sources.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for call in ["Issue::hard(", "Issue::soft(", "Issue::add(found,", "Issue::add(&mut found,"] {
                for rest in text.split(call).skip(1) {
                    let code = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
                    found.extend(code.map(str::to_string));
                }
            }
        }
    }
}

#[test]
fn every_issue_code_has_its_own_words() {
    let mut found = BTreeSet::new();
    for folder in ["src", "../src", "../sync/src", "../../server/src"] {
        codes(Path::new(folder), &mut found);
    }
    assert!(found.len() > 30, "the search found only {}", found.len());
    let general = [issue(&Issue::hard("unknown.code", "")), issue(&Issue::soft("unknown.code", ""))];
    let silent: Vec<_> =
        found.iter().filter(|code| general.contains(&issue(&Issue::hard(code, "")))).collect();
    assert!(silent.is_empty(), "codes without words in text/issue.rs: {silent:?}");
}

#[test]
fn a_sentence_names_the_facts_that_its_issue_has() {
    let jump = Issue::soft("number.jump", "number").with("value", "985").with("near", "100");
    assert_eq!(issue(&jump), "985 jauh dari 100. Apakah sudah benar?");
    assert_eq!(issue(&jump.with("suggestion", "98,5")), "985 jauh dari 100. Maksudnya 98,5?");
    let long = Issue::hard("text.too_long", "note");
    assert_eq!(issue(&long), "Tulisan terlalu panjang.");
    assert_eq!(issue(&long.with("max", "500")), "Terlalu panjang. Paling banyak 500 huruf.");
    assert_eq!(issue(&Issue::hard("date.wrong", "to")), issue(&Issue::hard("date.shape", "to")));
}

#[test]
fn what_is_held_for_its_maker_speaks_of_the_post_and_not_of_a_unit() {
    let why = names::held_why("rights_changed");
    assert!(why.contains("jabatan") && !why.contains("unit ini"), "{why}");
}

#[test]
fn a_code_says_what_it_is_the_code_of() {
    assert_eq!(procedure::sealed(29, "1880524f00"), "29 data disampaikan, kode segel 1880524f");
    assert_eq!(validate::device("b238"), "perangkat lain, kode b238");
    assert_eq!(settings::device("b238"), "Perangkat berkode b238");
}

#[test]
fn a_unit_that_owes_nothing_is_not_told_that_it_filled_none_of_none() {
    assert_eq!(board::standing(4, 5, "terlambat 2 hari kerja"), "4 dari 5 terisi · terlambat 2 hari kerja");
    assert_eq!(board::standing(0, 0, ""), "tidak ada yang perlu diisi");
    assert_eq!(entry::completeness(0, 0, 3), "tidak ada yang perlu diisi");
    assert_eq!(entry::completeness(2, 2, 1), "2 dari 2 terisi, 1 tidak perlu diisi");
}
