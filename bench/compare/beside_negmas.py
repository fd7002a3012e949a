"""Détente beside NegMAS: the same questions on the same inputs, CPU seconds and answers.

    python beside_negmas.py PATH-OF-compare [--quick]

Each line is the median of some runs; NegMAS and Détente take turns. Where both give a
frontier the points are compared; inputs are whole numbers, so that sums are exact in both.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import warnings
from contextlib import redirect_stderr, redirect_stdout

warnings.filterwarnings("ignore")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from negmas.inout import Scenario  # noqa: E402
from negmas.outcomes import make_issue, make_os  # noqa: E402
from negmas.preferences import LinearAdditiveUtilityFunction, pareto_frontier  # noqa: E402
from negmas.preferences.ops import calc_scenario_stats  # noqa: E402
from negmas.preferences.pareto_sampler import MOBANOSParetoSampler  # noqa: E402
from negmas.preferences.value_fun import TableFun  # noqa: E402
from negmas.sao import SAOMechanism  # noqa: E402
from negmas.sao import negotiators as sao  # noqa: E402
from negmas.tournaments.neg.simple import cartesian_tournament  # noqa: E402

COMPARE = sys.argv[1]
QUICK = "--quick" in sys.argv

PAIRS = {
    "tough": "ToughNegotiator",
    "micro": "MiCRONegotiator",
    "boulware": "BoulwareTBNegotiator",
    "linear": "LinearTBNegotiator",
    "conceder": "ConcederTBNegotiator",
    "tit-for-tat": "NaiveTitForTatNegotiator",
}


def ours(*words):
    done = subprocess.run([COMPARE, *map(str, words)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def scenario(kinship, issues, parties, scaled):
    """The worths of a generated negotiation as utility functions; scaled to at most 1."""
    worths = ours("worths", kinship, issues, parties)
    names = [f"i{at}" for at in range(issues)]
    space = make_os([make_issue([f"v{value}" for value in range(10)], name) for name in names])
    functions = []
    for party in worths:
        best = sum(max(values) for values in party) if scaled else 1
        tables = [TableFun({f"v{value}": worth / best for value, worth in enumerate(values)}) for values in party]
        functions.append(
            LinearAdditiveUtilityFunction(
                values=tables, weights=[1.0] * issues, outcome_space=space, reserved_value=0.0
            )
        )
    return space, functions


def cpu(run):
    start = time.process_time()
    found = run()
    return time.process_time() - start, found


def medians(theirs, own, runs):
    """Median CPU seconds of both, taking turns, and the last answers."""
    their_times, own_times = [], []
    for _ in range(runs):
        spent, their_answer = cpu(theirs)
        their_times.append(spent)
        own_answer = own()
        own_times.append(own_answer["seconds"])
    return statistics.median(their_times), statistics.median(own_times), their_answer, own_answer


def row(question, theirs, own, remark):
    print(f"| {question} | {theirs:.3g} s | {own:.3g} s | {theirs / own:,.0f} | {remark} |", flush=True)


def same_points(their_points, own_points):
    theirs = {tuple(round(worth) for worth in point) for point in their_points}
    own = {tuple(point) for point in own_points}
    if theirs == own:
        return f"the same {len(own)} points"
    return f"{len(own)} points; NegMAS has {len(theirs - own)} others and lacks {len(own - theirs)}"


def frontiers():
    sizes = [3, 4] if QUICK else [3, 4, 5, 6]
    for parties in (2, 4):
        for issues in sizes if parties == 2 else [size for size in sizes if size < 6]:
            _, functions = scenario("random", issues, parties, scaled=False)
            theirs, own, found, answer = medians(
                lambda: pareto_frontier(functions)[0],
                lambda: ours("frontier", "random", issues, parties),
                3 if issues < 6 else 1,
            )
            row(f"frontier, {parties} parties, 10^{issues}", theirs, own, same_points(found, answer["points"]))


def statistics_of_scenarios():
    for issues in [3] if QUICK else [3, 4, 5]:
        _, functions = scenario("random", issues, 2, scaled=False)
        theirs, own, found, answer = medians(
            lambda: calc_scenario_stats(functions),
            lambda: ours("frontier", "random", issues, 2),
            3 if issues < 5 else 1,
        )
        remark = same_points(found.pareto_utils, answer["points"])
        row(f"frontier and solutions, 2 parties, 10^{issues}", theirs, own, f"`calc_scenario_stats`; {remark}")


def samplers():
    for kinship, issues in [("random", 6)] if QUICK else [("random", 6), ("random", 9), ("opposed", 6), ("opposed", 9)]:
        _, functions = scenario(kinship, issues, 2, scaled=False)

        def sampled():
            sampler = MOBANOSParetoSampler()
            sampler.init(functions[0], functions[1])
            outcomes = sampler.pareto_outcomes()
            return [tuple(function(outcome) for function in functions) for outcome in outcomes]

        theirs, own, found, answer = medians(sampled, lambda: ours("frontier", kinship, issues, 2), 3)
        remark = f"MOBANOS, {kinship}; {same_points(found, answer['points'])}"
        row(f"frontier, 2 parties, 10^{issues}, implicit", theirs, own, remark)


def offers():
    space, functions = scenario("opposed", 4, 2, scaled=True)
    for name, kind in PAIRS.items():

        def negotiated():
            mechanism = SAOMechanism(n_steps=1000, outcome_space=space)
            for function in functions:
                mechanism.add(getattr(sao, kind)(), ufun=function)
            mechanism.run()
            return mechanism.state.step

        theirs, own, steps, answer = medians(negotiated, lambda: ours("offers", name, 1000), 1 if QUICK else 3)
        rates = steps / theirs, answer["rounds"] / own, answer["rounds"] / answer["seconds_once_sorted"]
        remark = "{:,.0f} and {:,.0f} rounds/s; {:,.0f} once packages are sorted".format(*rates)
        row(f"a round of offers, {name} against itself, 10^4", theirs / max(steps, 1), own / answer["rounds"], remark)


def tournaments():
    scenarios = []
    for kinship in ("random", "opposed"):
        space, functions = scenario(kinship, 4, 2, scaled=True)
        scenarios.append(Scenario(outcome_space=space, ufuns=tuple(functions)))
    names = ["boulware", "linear", "conceder", "tit-for-tat", "micro"]

    def played():
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            return played_aloud()

    def played_aloud():
        return cartesian_tournament(
            competitors=[f"negmas.sao.negotiators.{PAIRS[name]}" for name in names],
            scenarios=scenarios,
            n_steps=200,
            rotate_ufuns=True,
            self_play=True,
            njobs=-1,
            path=None,
            verbosity=0,
            save_stats=False,
            save_scenario_figs=False,
        )

    theirs, own, _, answer = medians(played, lambda: ours("tournament"), 1)
    row("tournament of 5, 2 negotiations, 200 rounds", theirs, own, f"{answer['negotiations']} negotiations")


print("| question | NegMAS | Détente | ratio | |\n|---|--:|--:|--:|---|")
frontiers()
statistics_of_scenarios()
samplers()
offers()
tournaments()
