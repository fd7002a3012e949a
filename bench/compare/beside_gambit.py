"""Détente beside Gambit and OpenSpiel on the same games, in one run: a table in Markdown."""

import json
import multiprocessing
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 60.0
GAMES = ["crisis-3-3", "crisis-4-6", "crisis-6-6", "crisis-10-10", "kuhn-13", "leduc"]


def cpu(command):
    """CPU seconds of a command, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, done.stdout


def gambit_task(path, rational, queue):
    import pygambit

    try:
        game = pygambit.read_efg(path)
        start = time.process_time()
        solve = pygambit.nash.lp_solve if game.is_const_sum else pygambit.nash.lcp_solve
        found = solve(game, rational=rational)
        spent = time.process_time() - start
        queue.put(f"{spent:.3g} s" if found.equilibria else "no equilibrium")
    except (RuntimeError, ValueError) as fault:
        queue.put(f"refused: {fault}")


def gambit(path, rational):
    """CPU seconds of one equilibrium, reading left out; or why there is none."""
    queue = multiprocessing.Queue()
    task = multiprocessing.Process(target=gambit_task, args=(path, rational, queue))
    task.start()
    task.join(LIMIT)
    if task.is_alive():
        task.terminate()
        task.join()
        return f"none in {LIMIT:.0f} s"
    return queue.get(timeout=5) if task.exitcode == 0 else "crashed"


def unique(text):
    """The same game with labels of information sets that Gambit takes."""
    text = re.sub(r'^(c "[^"]*" (\d+) )"[^"]*"', r'\1"\2"', text, flags=re.MULTILINE)
    return re.sub(r'^(p "[^"]*" (\d+) (\d+) )"[^"]*"', r'\1"\2.\3"', text, flags=re.MULTILINE)


def equilibria(games, detente, folder):
    print("| one equilibrium of | nodes | Gambit, floats | Gambit, exact | Détente, exact | |")
    print("|---|--:|--:|--:|--:|---|")
    for name in games:
        path = folder / f"{name}.efg"
        spent, text = cpu([detente, "solve", str(path), "--format", "json"])
        answer = json.loads(text)
        [one] = answer["equilibria"]
        assert answer["verified"] and one["max_regret"] == 0, name
        row = [name, answer["size"].split()[0], gambit(str(path), False), gambit(str(path), True)]
        row += [f"{spent:.3g} s", one["refinement"]]
        print("| " + " | ".join(row) + " |", flush=True)


def iterations(detente, folder):
    import pyspiel

    print("\n| CFR+, iterations a second | OpenSpiel, C++ | Détente | ratio |")
    print("|---|--:|--:|--:|")
    pairs = [("kuhn-3", "kuhn_poker", 2_000, 2_000_000), ("leduc", "leduc_poker", 100, 20_000)]
    for name, game, rounds, most in pairs:
        solver = pyspiel.CFRPlusSolver(pyspiel.load_game(game))
        start = time.process_time()
        for _ in range(rounds):
            solver.evaluate_and_update_policy()
        theirs = rounds / (time.process_time() - start)
        path = folder / f"{name}.efg"
        command = [detente, "solve", str(path), "--method", "cfr+", "--format", "json", "--iterations"]
        few, many = (cpu([*command, str(times)])[0] for times in (1, most))
        ours = most / (many - few)
        print(f"| {name} | {theirs:,.0f} | {ours:,.0f} | {ours / theirs:,.0f} |", flush=True)


def main():
    detente, compare, *games = sys.argv[1:]
    games = games or GAMES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for game in {*games, "kuhn-3", "leduc"}:
            text = subprocess.run([compare, "efg", game], capture_output=True, check=True, text=True).stdout
            (folder / f"{game}.efg").write_text(unique(text))
        equilibria(games, detente, folder)
        iterations(detente, folder)


if __name__ == "__main__":
    main()
