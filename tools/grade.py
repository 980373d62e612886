"""How many wrong answers the exercises' checks name: python tools/grade.py [FILE or FOLDER]…

For each exercise one row: wrong answers, how many were named by a stored mistake, by a probe,
how many only got a statement of what differs, and how many were accepted; and of the right
answers how many were refused. `--show` prints every answer with the sentence that it gets.
The format of a file of answers stands in tests/wrong_answers.py.

`--judged` counts a record instead of asking the checks: tests/answers/fresh/NN.jsonl holds, for
each answer of a fresh set, what was replied on the day and how its writer judged the reply.
notes/grader.md says how that was done. `--dialogues` prints the replies in notes/dialogues.md
anew, after a sentence has been changed.
"""

import argparse
import contextlib
import doctest
import io
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np  # noqa: E402
import wrong_answers  # noqa: E402

from digitlib.exercises import engine  # noqa: E402
from digitlib.exercises.engine import examine  # noqa: E402
from digitlib.exercises.model import Wall, find, parts  # noqa: E402


def graded(given):
    """(answer, verdict or None, seconds) for each answer whose exercise still exists."""
    for each in given:
        try:
            exercise = find(each.exercise)
        except LookupError:
            print(f"{each.exercise}: no such exercise any more", file=sys.stderr)
            continue
        assert not isinstance(exercise, Wall), f"name a line of it: {parts(exercise)[0].name}"
        start = time.perf_counter()
        verdict = examine(exercise, each.answer)
        yield each, verdict, time.perf_counter() - start


def outcome(each, verdict):
    """One word for what happened to an answer."""
    if each.is_right:
        return "right" if verdict is None else "refused"
    if verdict is None:
        return "accepted"
    return verdict.by if verdict.by in ("stored", "plain") else "probe"


JUDGED = ("helps", "true", "misleads", "nothing", "passed", "accepted", "refused")


def count_judged(folder):
    """Print the table of the judged replies in the .jsonl files of `folder`, per exercise."""
    rows = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            each = json.loads(line)
            row = rows.setdefault(each["exercise"], Counter())
            row[each["judged"]] += 1
            row["written"] += not each["right"]
            row["named"] += each["by"] not in ("", "plain")
    kinds = ("written", "named", *JUDGED)
    books = {}
    print(f"{'exercise':<26}" + "".join(f"{kind:>9}" for kind in kinds))
    for name, row in rows.items():
        books.setdefault(name.partition(".")[0], Counter()).update(row)
        print(f"{name:<26}" + "".join(f"{row[kind] or '':>9}" for kind in kinds))
    for name, row in (*books.items(), ("all", sum(books.values(), Counter()))):
        print(f"{name:<26}" + "".join(f"{row[kind] or '':>9}" for kind in kinds))
    total = sum(books.values(), Counter())
    print(f"{total['helps']} of {total['written']} wrong answers were helped, ", end="")
    print(f"{total['helps'] / total['written']:.0%}; {total['misleads']} were misled.")


DIALOGUES = ROOT / "notes" / "dialogues.md"


def with_replies(text):
    """The page of dialogues with what `check` prints today below each answer."""
    engine._said.clear()  # nobody has tried before
    names, pieces = {"np": np, "check": engine.check}, []
    for piece in doctest.DocTestParser().parse(text):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(piece.source, "dialogues", "exec"), names)
        first, *others = piece.source.splitlines()
        pieces += [f">>> {first}\n", *(f"... {line}\n" for line in others), printed.getvalue()]
    return "".join(pieces)


def main(argv=None):
    """Print the table; the exit code is 1 where a wrong answer passed or a right one failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[wrong_answers.FOLDER])
    parser.add_argument("--show", action="store_true", help="every answer with its sentence")
    parser.add_argument("--judged", action="store_true", help="count the judged replies")
    parser.add_argument("--dialogues", action="store_true", help="print them anew")
    arguments = parser.parse_args(argv)
    if arguments.dialogues:
        os.environ["DIGITLIB_STATE"] = "off"  # nobody's progress
        text = with_replies(DIALOGUES.read_text(encoding="utf-8"))
        DIALOGUES.write_text(text, encoding="utf-8")
        return 0
    if arguments.judged:
        count_judged(wrong_answers.FOLDER / "fresh")
        return 0
    given = [each for path in arguments.paths for each in wrong_answers.answers(path)]
    rows, probes, seconds = {}, Counter(), []
    for each, verdict, took in graded(given):
        what = outcome(each, verdict)
        rows.setdefault(each.exercise, Counter())[what] += 1
        seconds.append(took)
        if what == "probe":
            probes[verdict.by] += 1
        if arguments.show or what in ("accepted", "refused"):
            said = "accepted" if verdict is None else f"[{verdict.by}] {verdict.sentence}"
            print(f"{each.exercise}: {each.mistake}\n    {said}")
    total = Counter()
    kinds = ("stored", "probe", "plain", "accepted", "right", "refused")
    print(f"{'exercise':<26}" + "".join(f"{kind:>9}" for kind in kinds))
    for name, row in rows.items():
        total += row
        print(f"{name:<26}" + "".join(f"{row[kind] or '':>9}" for kind in kinds))
    print(f"{'all':<26}" + "".join(f"{total[kind]:>9}" for kind in kinds))
    wrong = sum(total[kind] for kind in ("stored", "probe", "plain", "accepted"))
    named = total["stored"] + total["probe"]
    if wrong:
        print(f"{named} of {wrong} wrong answers are named: {named / wrong:.0%}.")
    print("probes: " + ", ".join(f"{name} {count}" for name, count in probes.most_common()))
    seconds.sort()
    if seconds:
        print(f"seconds: {seconds[len(seconds) // 2]:.3f} median, {seconds[-1]:.2f} at most")
    return 1 if total["accepted"] or total["refused"] else 0


if __name__ == "__main__":
    sys.exit(main())
