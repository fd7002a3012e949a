//! Negotiations of the suite against its exact values, where it lies beside the checkout.

use std::path::{Path, PathBuf};

use detente_analysis::negotiation::{Count, NegotiationAnswer, Over, Status, negotiate};
use detente_base::Budget;
use detente_scenario::genius::{parse_domain, parse_profile};

fn suite() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("bargain")
}

/// Lines of a table as maps from column to cell.
fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    lines.map(|line| head.iter().map(|h| (*h).to_owned()).zip(line.split(',').map(str::to_owned)).collect()).collect()
}

fn vectors(cell: &str) -> Vec<Vec<f64>> {
    let vector = |text: &str| text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    cell.split(';').filter(|text| !text.trim().is_empty()).map(vector).collect()
}

fn solved(folder: &Path, domain: &str, profiles: &[&str]) -> NegotiationAnswer {
    let read = |file: &str| std::fs::read(folder.join(file)).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let (found, source, diagnostics) = parse_domain(domain, &read(domain));
    let found = found.unwrap_or_else(|| panic!("{}: {diagnostics:?}", source.name()));
    let profiles: Vec<_> = profiles
        .iter()
        .map(|file| {
            let (profile, _, diagnostics) = parse_profile(file, &read(file), &found);
            ((*file).to_owned(), profile.unwrap_or_else(|| panic!("{file}: {diagnostics:?}")))
        })
        .collect();
    negotiate(&found, &profiles, Over::Packages, &Budget::default()).expect("profiles are there")
}

#[test]
fn frontiers_and_solutions_are_the_exact_values() {
    let Ok(text) = std::fs::read_to_string(suite().join("index.csv")) else {
        eprintln!("the suite is not there");
        return;
    };
    let (mut compared, mut faults) = (0, Vec::new());
    // The profiles of this one are constraints, which are not read.
    let read =
        |row: &&std::collections::BTreeMap<String, String>| row["utility"] == "additive" && row["id"] != "railway__3p";
    for row in rows(&text).iter().filter(read) {
        let folder = suite().join("genius").join(&row["id"]);
        let profiles: Vec<&str> = row["profile_files"].split_whitespace().collect();
        let answer = solved(&folder, &row["domain_file"], &profiles);
        let mut expect = |what: &str, fine: bool, found: String| {
            if !fine {
                faults.push(format!(
                    "{} {what}: {found}, expected {}",
                    row["id"],
                    row.get(what).map_or("", String::as_str)
                ));
            }
        };
        assert_eq!(answer.status, Status::Proven);
        let count = |count: &Count| count.to_string();
        let efficient = answer.frontier_outcomes.as_ref().map_or_else(String::new, count);
        expect("n_outcomes", count(&answer.outcomes) == row["n_outcomes"], count(&answer.outcomes));
        expect(
            "G_frontier_points",
            answer.frontier.len().to_string() == row["G_frontier_points"],
            answer.frontier.len().to_string(),
        );
        expect("G_frontier_outcomes", efficient == row["G_frontier_outcomes"], efficient.clone());
        expect(
            "G_rational_points",
            answer.zone_points.to_string() == row["G_rational_points"],
            answer.zone_points.to_string(),
        );
        for (column, name) in [
            ("G_nash", "nash"),
            ("G_egalitarian", "egalitarian"),
            ("G_ks_maxmin", "kalai_smorodinsky"),
            ("G_welfare", "utilitarian"),
        ] {
            let expected = vectors(&row[column]);
            let near = |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
            let found = &answer.points[name];
            let fine = expected.len() == found.len() && expected.iter().all(|e| found.iter().any(|f| near(e, f)));
            expect(column, fine, format!("{found:?}"));
        }
        compared += 1;
    }
    assert!(faults.is_empty(), "{} faults in {compared} negotiations:\n{}", faults.len(), faults.join("\n"));
}

/// A profile that adds up and one with hyper-rectangles, over one domain: every package is
/// worth what its point says, and the frontier is that of all packages.
#[test]
fn one_profile_may_add_up_and_another_have_hyper_rectangles() {
    let issues = |evaluator: &str| {
        let issue = |index: usize| {
            format!("<issue index=\"{index}\" type=\"integer\" lowerbound=\"0\" upperbound=\"4\">{evaluator}</issue>")
        };
        format!("{}{}", issue(1), issue(2))
    };
    let additive = format!(
        "<utility_space><objective>{}<weight index=\"1\" value=\"0.6\"/><weight index=\"2\" value=\"0.4\"/></objective>\
         </utility_space>",
        issues("<evaluator slope=\"0.25\" offset=\"0\"/>")
    );
    let linked = format!(
        "<utility_space type=\"nonlinear\"><objective>{}<utility maxutility=\"10\"><ufun aggregation=\"sum\">\
         <hyperRectangle utility=\"7\"><INCLUDES index=\"1\" min=\"0\" max=\"2\"/><INCLUDES index=\"2\" min=\"0\" max=\"1\"/>\
         </hyperRectangle><hyperRectangle utility=\"3\"><EXCLUDES index=\"2\" min=\"3\" max=\"4\"/></hyperRectangle>\
         </ufun></utility></objective></utility_space>",
        issues("")
    );
    let (domain, _, told) = parse_domain("domain.xml", additive.as_bytes());
    let domain = domain.unwrap_or_else(|| panic!("{told:?}"));
    let profile = |name: &str, text: &str| {
        let (profile, _, told) = parse_profile(name, text.as_bytes(), &domain);
        (name.to_owned(), profile.unwrap_or_else(|| panic!("{told:?}")))
    };
    let profiles = [profile("sum", &additive), profile("linked", &linked)];
    let answer = negotiate(&domain, &profiles, Over::Packages, &Budget::default()).expect("profiles are there");
    let worths = |first: u32, second: u32| {
        let sum = 15 * first + 10 * second;
        let linked = 70 * u32::from(first <= 2 && second <= 1) + 30 * u32::from(second <= 2);
        (sum, linked)
    };
    let all: Vec<(u32, u32)> = (0..5).flat_map(|first| (0..5).map(move |second| worths(first, second))).collect();
    let mut expected: Vec<(u32, u32)> =
        all.iter().copied().filter(|a| !all.iter().any(|b| b != a && b.0 >= a.0 && b.1 >= a.1)).collect();
    expected.sort_unstable_by(|a, b| b.cmp(a));
    let found: Vec<(u32, u32)> =
        answer.frontier.iter().map(|w| ((w[0] * 100.0).round() as u32, (w[1] * 100.0).round() as u32)).collect();
    assert_eq!(found, expected);
    assert_eq!((answer.status, answer.frontier_outcomes), (Status::Proven, Some(Count::Number(expected.len() as u64))));
}

/// The efficient worths before they are divided, and the greatest sums of the parties.
#[test]
fn hyper_rectangles_have_their_exact_frontiers() {
    let Ok(text) = std::fs::read_to_string(suite().join("hyperrect_index.csv")) else {
        eprintln!("the suite is not there");
        return;
    };
    let mut compared = 0;
    for line in text.lines().skip(1) {
        // Two cells hold a list in quotes.
        let cells: Vec<&str> = line.split(',').collect();
        let (id, points) = (cells[0], cells[4]);
        let lists: Vec<Vec<f64>> = line
            .split('"')
            .skip(1)
            .step_by(2)
            .map(|list| list.trim_matches(['[', ']']).split(',').map(|n| n.trim().parse().expect("a number")).collect())
            .collect();
        let welfare: f64 = cells.last().and_then(|cell| cell.parse().ok()).expect("a number");
        let folder = suite().join("genius").join(id);
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .expect("a folder of the suite")
            .map(|entry| entry.expect("readable").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
            .map(|path| path.file_name().expect("a file").to_string_lossy().into_owned())
            .collect();
        files.sort();
        let at = files.iter().position(|name| name.contains("domain")).expect("a domain");
        let domain = files.remove(at);
        let answer = solved(&folder, &domain, &files.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((answer.status, answer.frontier.len().to_string().as_str()), (Status::Proven, points), "{id}");
        // Worths are sums divided by the greatest worth that the file claims.
        let (claimed, most) = (&lists[0], &lists[1]);
        let sum = |worths: &Vec<f64>, party: usize| worths[party] * claimed[party];
        for (party, most) in most.iter().enumerate() {
            let found = answer.frontier.iter().map(|worths| sum(worths, party)).fold(0.0, f64::max);
            assert!((found - most).abs() < 1e-6, "{id}: {found} of {most}");
        }
        let found = answer.frontier.iter().map(|worths| sum(worths, 0) + sum(worths, 1)).fold(0.0, f64::max);
        assert!((found - welfare).abs() < 1e-6, "{id}: welfare {found}");
        compared += 1;
    }
    assert!(compared >= 10, "{compared}");
}
