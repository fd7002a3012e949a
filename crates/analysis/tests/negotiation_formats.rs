//! Negotiations of other programs than GENIUS, and issues over real numbers: the suite's
//! values, where it lies beside the checkout.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use detente_analysis::negotiation::{NegotiationAnswer, Over, Status, negotiate};
use detente_analysis::{DealsOptions, Options, deals};
use detente_base::{Budget, Exact, Pcg, Severity};
use detente_scenario::negotiation_files::{NegotiationFile, Profile, load_negotiation, situation_from_negotiation};

fn suite() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from).join("bargain")
}

fn solved(folder: &Path, files: &[&str]) -> NegotiationAnswer {
    solved_with(folder, files, |_| ())
}

/// The same with profiles that are changed after they were read.
fn solved_with(folder: &Path, files: &[&str], change: impl Fn(&mut Profile)) -> NegotiationAnswer {
    let read = |file: &&str| std::fs::read(folder.join(file)).unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let texts: Vec<Vec<u8>> = files.iter().map(read).collect();
    // An empty file would be told as one of another program: the suite is being written.
    for (file, text) in files.iter().zip(&texts) {
        assert!(!text.is_empty(), "{file} in {} is empty", folder.display());
    }
    let read: Vec<NegotiationFile<'_>> =
        files.iter().zip(&texts).map(|(name, bytes)| NegotiationFile { name, bytes }).collect();
    let loaded = load_negotiation(&read);
    let told = || format!("{:?}", loaded.found.iter().map(|(_, found)| found).collect::<Vec<_>>());
    let profile = |profile: &Option<Profile>| {
        let mut profile = profile.clone().unwrap_or_else(|| panic!("{files:?}: {}", told()));
        change(&mut profile);
        ("party".to_owned(), profile)
    };
    let profiles = loaded.profiles.iter().map(profile);
    negotiate(
        loaded.domain.as_ref().unwrap_or_else(|| panic!("{}", told())),
        &profiles.collect::<Vec<_>>(),
        Over::Packages,
        &Budget::default(),
    )
    .expect("profiles are there")
}

/// Cells of a line of a table, quoted ones without their quotes.
fn cells(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => found.push(String::new()),
            _ => found.last_mut().expect("one").push(letter),
        }
    }
    found
}

/// `[(0.5, 0.25), (1.0, 0.0)]` and `(0.5, 0.25)` as pairs.
fn pairs(cell: &str) -> Vec<[f64; 2]> {
    let numbers: Vec<f64> = cell
        .split(|c: char| "[](), ".contains(c))
        .filter(|word| !word.is_empty())
        .map(|word| word.parse().expect("a number"))
        .collect();
    numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
}

fn same(found: &[Vec<f64>], expected: &[[f64; 2]]) -> bool {
    let near = |a: &Vec<f64>, b: &[f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
    found.len() == expected.len() && expected.iter().all(|e| found.iter().any(|f| near(f, e)))
}

#[test]
fn negolog_domains_have_their_frontiers_and_solutions() {
    let Ok(text) = std::fs::read_to_string(suite().join("negolog_index.csv")) else {
        eprintln!("the suite is not there");
        return;
    };
    let head = cells(text.lines().next().expect("a head"));
    let mut faults = Vec::new();
    let mut compared = 0;
    for line in text.lines().skip(1) {
        let row = cells(line);
        let cell = |name: &str| row[head.iter().position(|h| h == name).expect(name)].as_str();
        let answer = solved(&suite().join("negolog").join(cell("id")), &["profileA.json", "profileB.json"]);
        assert_eq!(answer.status, Status::Proven);
        let mut expect = |what: &str, found: String| {
            if found != cell(what) {
                faults.push(format!("{} {what}: {found}, expected {}", cell("id"), cell(what)));
            }
        };
        expect("n_outcomes", answer.outcomes.to_string());
        expect("n_issues", answer.issues.len().to_string());
        expect("frontier_points", answer.frontier.len().to_string());
        expect("frontier_outcomes", answer.frontier_outcomes.as_ref().expect("counted").to_string());
        expect("rational", answer.zone_points.to_string());
        for (column, name) in
            [("nash", "nash"), ("egal", "egalitarian"), ("ks_maxmin", "kalai_smorodinsky"), ("welfare", "utilitarian")]
        {
            if !same(&answer.points[name], &pairs(cell(column))) {
                faults.push(format!("{} {column}: {:?}, expected {}", cell("id"), answer.points[name], cell(column)));
            }
        }
        // What is published is one point, of all packages: reservations are not looked at.
        let [published] = pairs(cell("published_nash"))[..] else { panic!("one point") };
        let product = |worths: &[f64]| worths.iter().product::<f64>();
        let best = answer.frontier.iter().map(|worths| product(worths)).fold(f64::MIN, f64::max);
        if (product(&published) - best).abs() > 1e-9 {
            faults.push(format!("{} published: {published:?}, expected the product {best}", cell("id")));
        }
        compared += 1;
    }
    assert!(faults.is_empty(), "{} faults in {compared} domains:\n{}", faults.len(), faults.join("\n"));
    assert!(compared > 30, "{compared}");
}

/// The points that `NegMAS` calls Kalai and KS here are those of the least spread of gains;
/// the greatest least share of the ideal gain is another point.
#[test]
fn the_example_of_negmas_has_its_frontier() {
    let folder = suite().join("negmas_yaml_example");
    let Ok(text) = std::fs::read_to_string(folder.join("_stats.yaml")) else {
        eprintln!("the suite is not there");
        return;
    };
    let section = |name: &str| -> Vec<[f64; 2]> {
        let rest = &text[text.find(&format!("\n{name}:\n")).expect(name) + name.len() + 3..];
        let lines = rest.lines().take_while(|line| line.starts_with(['-', ' ']));
        let numbers: Vec<f64> =
            lines.map(|line| line.trim_start_matches(['-', ' ']).parse().expect("a number")).collect();
        numbers.chunks(2).map(|pair| [pair[0], pair[1]]).collect()
    };
    let itex_first =
        solved(&folder, &["ItexvsCypress_domain.yml", "ItexvsCypress_Itex.yml", "ItexvsCypress_Cypress.yml"]);
    let cypress_first =
        solved(&folder, &["ItexvsCypress_domain.yml", "ItexvsCypress_Cypress.yml", "ItexvsCypress_Itex.yml"]);
    let expected = section("pareto_utils");
    let near = |answer: &NegotiationAnswer| {
        let close = |a: &Vec<f64>, b: &[f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
        answer.frontier.len() == expected.len() && expected.iter().all(|e| answer.frontier.iter().any(|f| close(f, e)))
    };
    let answer = if near(&itex_first) { itex_first } else { cypress_first };
    assert!(near(&answer), "{:?}\n{expected:?}", answer.frontier);
    assert_eq!(answer.outcomes.to_string(), "180");
    assert!(same(&answer.points["nash"], &section("nash_utils")), "{:?}", answer.points["nash"]);
    assert!(same(&answer.points["utilitarian"], &section("max_welfare_utils")));
}

/// With 21 values of each issue, as GENIUS takes them, the points are those that it finds. The
/// count is that of all packages tried in whole numbers; GENIUS has 285, by sums that are
/// rounded.
#[test]
fn real_numbers_are_sampled_as_genius_does() {
    let folder = suite().join("genius/SON");
    if !folder.exists() {
        eprintln!("the suite is not there");
        return;
    }
    let files = ["son_domain.xml", "son_buyer.xml", "son_seller.xml"];
    let answer = solved_with(&folder, &files, |profile| profile.lines.clear());
    assert_eq!(answer.outcomes.to_string(), (21_u64.pow(4)).to_string());
    assert_eq!(answer.sampled.len(), 4);
    assert!(same(&answer.points["nash"], &[[0.85, 0.75]]), "{:?}", answer.points["nash"]);
    assert!(same(&answer.points["egalitarian"], &[[0.78, 0.78]]), "{:?}", answer.points["egalitarian"]);
    // Worths in units of 1/400: the most of the seller, and how often, by the worth of the buyer.
    let mut most = vec![(0_u32, 0_u32); 401];
    for package in 0..21_u32.pow(4) {
        let values = [package / 9_261, package / 441 % 21, package / 21 % 21, package % 21];
        let buyer: u32 = values.iter().zip([10, 2, 1, 7]).map(|(value, weight)| (20 - value) * weight).sum();
        let seller: u32 = values.iter().zip([2, 10, 5, 3]).map(|(value, weight)| value * weight).sum();
        let (best, count) = &mut most[buyer as usize];
        if seller > *best || *count == 0 {
            (*best, *count) = (seller, 0);
        }
        *count += u32::from(seller == *best);
    }
    let mut above = None;
    let (mut points, mut packages) = (0, 0);
    for (best, count) in most.iter().rev().filter(|(_, count)| *count > 0) {
        if above.is_none_or(|above| *best > above) {
            above = Some(*best);
            points += 1;
            packages += count;
        }
    }
    assert_eq!(answer.frontier.len(), points);
    assert_eq!(answer.frontier_outcomes.as_ref().expect("counted").to_string(), packages.to_string());
    // All numbers give the same solutions, on a frontier of three lines, which no package of
    // the samples is beyond.
    let all = solved(&folder, &files);
    assert_eq!((all.outcomes.to_string().as_str(), all.sampled.len(), all.continuous.len()), ("infinite", 0, 4));
    assert!(same(&all.frontier, &[[1.0, 0.0], [0.85, 0.75], [0.5, 0.9], [0.0, 1.0]]), "{:?}", all.frontier);
    assert!(all.segments.len() == 3 && all.segments.iter().all(|s| s.from_efficient && s.to_efficient && s.in_zone));
    assert!(same(&all.points["nash"], &[[0.85, 0.75]]) && same(&all.points["egalitarian"], &[[0.78, 0.78]]));
    assert_eq!(all.solution_packages["egalitarian"], [["0", "1", "1", "0.2"]]);
    for point in &answer.frontier {
        let line = all.segments.iter().find(|s| s.to[0] <= point[0] && point[0] <= s.from[0]).expect("a line");
        let part = (line.from[0] - point[0]) / (line.from[0] - line.to[0]);
        let most = line.from[1] + part * (line.to[1] - line.from[1]);
        assert!(point[1] <= most + 1e-12, "{point:?} is beyond {most}");
    }
    let cars = solved(&suite().join("genius/second_hand_car"), &["car_domain.xml", "car_buyer.xml"]);
    assert_eq!(cars.sampled[0].issue, "Price");
    assert_eq!(cars.status, Status::Proven);
}

/// What is written as a scenario reads back without errors, with the same frontier.
#[test]
fn converted_negotiations_have_the_same_frontier() {
    let seller = r#"{"reservationValue": 0.1, "issueWeights": {"Price!": 1/3, "Who": 0.25, "one": 5/12},
      "issues": {"Price!": {"12.5": 1/7, "13": 0.5, "yes": 1}, "Who": {"A": -0.5, "a": 1}, "one": {"only": 0.5}}}"#;
    let buyer = r#"{"reservationValue": 1/3, "issueWeights": {"Price!": 0.5, "Who": 0.25, "one": 0.25},
      "issues": {"Price!": {"12.5": 1, "13": 0.6, "yes": 0}, "Who": {"A": 1, "a": 0}, "one": {"only": 1}}}"#;
    let files = [
        NegotiationFile { name: "a", bytes: seller.as_bytes() },
        NegotiationFile { name: "b", bytes: buyer.as_bytes() },
    ];
    let loaded = load_negotiation(&files);
    let profiles = loaded.profiles.iter().map(|profile| profile.clone().expect("a profile"));
    let profiles: Vec<_> = ["Seller", "seller"].map(str::to_owned).into_iter().zip(profiles).collect();
    let domain = loaded.domain.expect("a domain");
    let expected = negotiate(&domain, &profiles, Over::Packages, &Budget::default()).expect("profiles are there");
    let situation = situation_from_negotiation(&domain, &profiles, "sale").expect("additive");
    let text = detente_scenario::print_scenario(&situation);
    let read = detente_scenario::load("sale.yaml", text.as_bytes());
    let errors = read.diagnostics.iter().filter(|d| d.severity != Severity::Note).collect::<Vec<_>>();
    assert!(errors.is_empty(), "{text}\n{errors:?}");
    let situation = read.situation.expect("a situation");
    let asked = DealsOptions { draws: 0, ..DealsOptions::default() };
    let answer = deals(&read.source, &situation, (&Options::default(), &asked), &Budget::default()).expect("an answer");
    let found: Vec<Vec<String>> = answer.profiles[0]
        .frontier
        .iter()
        .map(|point| point.worths.iter().map(|worth| worth.as_ref().expect("a number").to_string()).collect())
        .collect();
    assert_eq!(found, expected.exact.frontier, "{text}");
    assert_eq!(answer.profiles[0].frontier_packages, expected.frontier_outcomes.expect("counted"));
    assert_eq!(answer.profiles[0].zone_packages, expected.zone_outcomes.expect("counted"));
}

/// A profile of GENIUS over two issues with real numbers and one with two values.
fn rent(random: &mut Pcg) -> String {
    let mut text = "<utility_space><objective>".to_owned();
    for (index, weight) in [1 + random.below(9), 1 + random.below(9), random.below(9)].iter().enumerate() {
        let _ = write!(text, "<weight index=\"{}\" value=\"0.{weight}\"/>", index + 1);
    }
    for index in [1, 2] {
        let evaluator = match random.below(4) {
            0 => format!("ftype=\"constant\" parameter0=\"0.{}\"", random.below(10)),
            1 => {
                let mut turns =
                    [random.below(130), random.below(130), random.below(130)].map(|turn| i64::from(turn) - 15);
                turns.sort_unstable();
                let [low, top, high] = if random.below(3) == 0 { [turns[0], turns[0], turns[2]] } else { turns };
                format!(
                    "ftype=\"triangular\" parameter0=\"{low}\" parameter1=\"{}\" parameter2=\"{top}\"",
                    high.max(low + 1)
                )
            }
            _ => {
                let slope = i64::from(random.below(61)) - 30;
                format!(
                    "ftype=\"linear\" parameter0=\"{}\" parameter1=\"{slope}e-3\"",
                    if slope < 0 { "1.2" } else { "-0.1" }
                )
            }
        };
        let _ = write!(text, "<issue index=\"{index}\" type=\"real\"><evaluator {evaluator}/></issue>");
    }
    let [first, second] = [random.below(5), 1 + random.below(5)];
    let _ = write!(
        text,
        "<issue index=\"3\" type=\"discrete\"><item value=\"a\" evaluation=\"{first}\"/>\
         <item value=\"b\" evaluation=\"{second}\"/></issue></objective><reservation value=\"0.{}\"/></utility_space>",
        random.below(6)
    );
    text
}

/// Samples are packages: none lies beyond a line, and no solution is better on them than on
/// all numbers; samples that are efficient among all are on the frontier.
#[test]
fn all_real_numbers_are_no_worse_than_samples() {
    let domain = "<negotiation_template><utility_space><objective>\
        <issue index=\"1\" type=\"real\"><range lowerbound=\"0\" upperbound=\"100\"/></issue>\
        <issue index=\"2\" type=\"real\"><range lowerbound=\"0\" upperbound=\"100\"/></issue>\
        <issue index=\"3\" type=\"discrete\"><item value=\"a\"/><item value=\"b\"/></issue>\
        </objective></utility_space></negotiation_template>";
    let (mut better, mut open) = (0, 0);
    for seed in 0..300 {
        let mut random = Pcg::new(seed);
        let texts = [rent(&mut random), rent(&mut random)];
        let files =
            [domain, &texts[0], &texts[1]].map(|text| NegotiationFile { name: "x.xml", bytes: text.as_bytes() });
        let loaded = load_negotiation(&files);
        let told =
            || format!("seed {seed}: {:?} {texts:?}", loaded.found.iter().map(|(_, found)| found).collect::<Vec<_>>());
        let mut profiles: Vec<(String, Profile)> = (loaded.profiles.iter())
            .map(|profile| ("party".to_owned(), profile.clone().unwrap_or_else(|| panic!("{}", told()))))
            .collect();
        let domain = loaded.domain.as_ref().expect("a domain");
        let all = negotiate(domain, &profiles, Over::Packages, &Budget::default()).expect("two profiles");
        assert_eq!(all.continuous.len(), 2, "seed {seed}");
        profiles.iter_mut().for_each(|(_, profile)| profile.lines.clear());
        let sampled = negotiate(domain, &profiles, Over::Packages, &Budget::default()).expect("two profiles");
        let number = |text: &String| -> Exact { text.parse().expect("a number") };
        let exact = |worths: &Vec<String>| [number(&worths[0]), number(&worths[1])];
        let lines: Vec<[[Exact; 2]; 2]> =
            all.segments.iter().map(|s| [exact(&s.exact[0]), exact(&s.exact[1])]).collect();
        let points: Vec<[Exact; 2]> = all.exact.frontier.iter().map(exact).collect();
        for point in sampled.exact.frontier.iter().map(exact) {
            // The least that a line or a point has for the second party where the first has as much.
            let on_line = |[from, to]: &[[Exact; 2]; 2]| {
                if point[0] > from[0] {
                    return None;
                }
                let part = (&from[0] - &point[0]).checked_div(&(&from[0] - &to[0])).expect("a line").min(Exact::ONE);
                Some(&from[1] + &(&(&to[1] - &from[1]) * &part))
            };
            let single = points.iter().filter(|other| other[0] >= point[0]).map(|other| other[1].clone());
            let most = lines.iter().filter_map(on_line).chain(single).max().unwrap_or_else(|| panic!("{}", told()));
            assert!(most >= point[1], "seed {seed}: {} {} is beyond {most}", point[0], point[1]);
        }
        for (solution, chosen) in &sampled.exact.points {
            let Some(worths) = chosen.first().map(exact) else { continue };
            let found = exact(all.exact.points[solution].first().unwrap_or_else(|| panic!("{}", told())));
            let gains = |worths: &[Exact; 2]| {
                let reservations = [0, 1].map(|party: usize| profiles[party].1.reservation.clone());
                [&worths[0] - &reservations[0], &worths[1] - &reservations[1]]
            };
            let score = |worths: &[Exact; 2]| match solution.as_str() {
                "nash" => &gains(worths)[0] * &gains(worths)[1],
                "utilitarian" => &worths[0] + &worths[1],
                "egalitarian" | "leximin" => gains(worths).into_iter().min().expect("two"),
                _ => Exact::ZERO,
            };
            assert!(score(&found) >= score(&worths), "seed {seed}: {solution}");
            better += u32::from(score(&found) > score(&worths));
        }
        open += all.segments.iter().filter(|s| !s.from_efficient || !s.to_efficient).count();
    }
    assert!(better > 100 && open > 30, "{better} better points, {open} open ends");
}
