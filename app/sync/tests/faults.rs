//! The table of faults names what is in the tree, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Tests run in the folder of their package.
fn root() -> PathBuf {
    PathBuf::from("../..")
}

/// Every file with this ending under a folder.
fn files(under: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                files(&path, ending, found);
            }
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
}

/// All text of such files.
fn text(folders: &[&str], ending: &str) -> String {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| files(&root().join(folder), ending, &mut found));
    found.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn mutants() -> BTreeSet<String> {
    let mut found = Vec::new();
    for folder in ["app/sync/tests/mutants", "app/tests/mutants", "server/tests/mutants"] {
        files(&root().join(folder), "patch", &mut found);
    }
    found.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// What stands between two marks, each time.
fn between(cell: &str, mark: char) -> impl Iterator<Item = &str> {
    cell.split(mark).skip(1).step_by(2)
}

#[test]
fn every_fault_names_tests_and_planted_bugs_that_exist() {
    let (tests, journeys) = (text(&["app", "server"], "rs"), text(&["end2end/journeys"], "ts"));
    let mutants = mutants();
    let rows = include_str!("faults.md").lines().filter(|line| line.starts_with("| ")).skip(1);
    let mut named = BTreeSet::new();
    let mut count = 0;
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [fault, does, held, planted] = cells[..] else { panic!("four cells: {row}") };
        let functions: Vec<_> = between(held, '`').collect();
        let titles: Vec<_> = between(held, '"').collect();
        let later = held == "not yet" && does.starts_with("not yet:") && does.contains("part ");
        assert!(later || !functions.is_empty() || !titles.is_empty(), "nothing holds: {fault}");
        for function in functions {
            assert!(tests.contains(&format!("fn {function}(")), "{fault}: no test {function}");
        }
        for title in titles {
            assert!(journeys.contains(&format!("\"{title}\"")), "{fault}: no journey {title}");
        }
        for mutant in between(planted, '`') {
            assert!(mutants.contains(mutant), "{fault}: no planted bug {mutant}");
            named.insert(mutant.to_owned());
        }
        count += 1;
    }
    assert_eq!(count, 35, "faults in the table");
    assert_eq!(named, mutants, "each planted bug stands for a fault");
}
