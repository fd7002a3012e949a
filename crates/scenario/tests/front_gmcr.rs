//! Every GMCR+ file of the suite is read without a fault.

use std::path::Path;

use detente_scenario::gmcr::parse_gmcr;

#[test]
fn suite_files_are_read() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite/conflict");
    if !suite.is_dir() {
        eprintln!("skipped: no conflict suite beside the workspace");
        return;
    }
    let mut count = 0;
    for folder in ["cases", "bench"] {
        let entries = std::fs::read_dir(suite.join(folder)).expect("a folder of the suite");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.extension().is_none_or(|extension| extension != "gmcr") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a readable file");
            let (file, _, diagnostics) = parse_gmcr(&path.to_string_lossy(), &bytes);
            assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", path.display());
            let file = file.expect("a file without errors");
            let owned: usize = file.decision_makers.iter().map(|maker| maker.options.len()).sum();
            assert_eq!(owned, file.options.len());
            count += 1;
        }
    }
    assert!(count > 50, "{count} files");
}

#[test]
fn elmira_is_read_as_published() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite/conflict/cases/Elmira.gmcr");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: no conflict suite beside the workspace");
        return;
    };
    let file = parse_gmcr("Elmira.gmcr", &bytes).0.expect("a file without errors");
    let names: Vec<_> = file.options.iter().map(|option| option.name.as_str()).collect();
    assert_eq!(names, ["Modify", "Delay", "Accept", "Abandon", "Insist"]);
    assert_eq!(file.infeasible.len(), 4);
    let ranking = file.decision_makers[0].ranking.as_ref().expect("a ranking");
    assert_eq!(ranking.last(), Some(&vec![11, 5, 6, 12]));
}
