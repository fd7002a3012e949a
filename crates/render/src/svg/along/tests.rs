use super::scale::{Scale, short, ticks};

#[test]
fn round_values_lie_in_the_range() {
    for (range, most, expected) in [
        ((0.0, 1.0), 7, &["0", "0.2", "0.4", "0.6", "0.8", "1"][..]),
        ((0.1, 0.7), 7, &["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7"]),
        ((-3.0, 40.0), 5, &["0", "20", "40"]),
        ((0.001, 0.002), 7, &["0.001", "0.0012", "0.0014", "0.0016", "0.0018", "0.002"]),
        ((5.0, 5.0), 7, &["5"]),
    ] {
        let found: Vec<String> = ticks(range, most).into_iter().map(short).collect();
        assert_eq!(found, expected, "{range:?}");
    }
}

#[test]
fn a_scale_runs_from_start_to_end() {
    let scale = Scale { low: 1.0, high: 3.0, start: 50.0, end: 10.0 };
    assert_eq!((scale.place(1.0), scale.place(2.0), scale.place(3.0)), (50.0, 30.0, 10.0));
}
