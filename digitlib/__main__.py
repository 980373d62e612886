"""What can be done without a notebook: `digitlib --help`, or `python -m digitlib --help`."""

import argparse
import json
import math
import os
import shlex
import sys
import textwrap
import warnings
from pathlib import Path

from digitlib import __version__
from digitlib.data.files import path_of
from digitlib.data.places import sources, variable

MNIST_IS_NEVER_USED = (
    "MNIST is never used, although it would look better. Only TRAIN.csv is learned from: the "
    "competition's 70,000 digits are MNIST's 70,000, dealt out anew, so whoever trains on all "
    "of MNIST trains on the competition's test set, and the score measures nothing any more."
)


class Parser(argparse.ArgumentParser):
    """Bad use gets one line and the exit code 2."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help tells more)\n")


def main(argv=None):
    """Run one command; returns the exit code. A new command is one more block in `_parser`."""
    never_fail_on_an_encoding()
    parser = _parser()
    arguments = parser.parse_args(argv)
    arguments.typed = shlex.join(["digitlib", *(argv or sys.argv[1:])])
    try:
        code = arguments.run(arguments)
        sys.stdout.flush()  # a full disk behind stdout shows here, not after the end
        return code
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        _forget_what_cannot_be_printed()
        return 1
    except (ValueError, OSError, FloatingPointError, ImportError) as error:
        print(f"{parser.prog} {arguments.command}: {error}", file=sys.stderr)
        _forget_what_cannot_be_printed()
        return 1
    except KeyboardInterrupt:
        print(f"{parser.prog} {arguments.command}: interrupted", file=sys.stderr)
        return 130  # what a shell expects


def _forget_what_cannot_be_printed():
    """Python would try again at its end, and from 3.13 on make 120 of the exit code."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def never_fail_on_an_encoding():
    """What a console cannot show becomes '?': no result is lost on a dash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _parser():
    parser = Parser(prog="digitlib", description="Digits from scratch.")
    parser.add_argument("--version", action="version", version=f"digitlib {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)

    data = commands.add_parser("data", help="list the sources of digits and where they are")
    data.set_defaults(run=show_data)

    done = commands.add_parser("progress", help="which exercises are done, and what is next")
    done.add_argument("files", nargs="*", metavar="FILE", help="progress files of a class")
    done.set_defaults(run=show_progress)

    submit = commands.add_parser(
        "submit",
        help="from Kaggle's train.csv and test.csv to a submission",
        description="Trains on TRAIN.csv less a tenth, which is held out to measure what the "
        "leaderboard should show; predicts TEST.csv; writes the file that Kaggle wants.",
        epilog=f"{recipe_times()}\n\n{textwrap.fill(MNIST_IS_NEVER_USED, 79)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    submit.add_argument("train", metavar="TRAIN.csv", help="labels and pixels; also .gz, .zip")
    submit.add_argument("test", metavar="TEST.csv", help="pixels alone")
    submit.add_argument("-o", "--output", default="submission.csv", help="(submission.csv)")
    submit.add_argument("--recipe", default="mlp-best", help="a name from below (mlp-best)")
    submit.add_argument("--seeds", type=whole, help="networks that are averaged (1)")
    submit.add_argument("--splits", type=whole, help="tenths held out, one after another (1)")
    submit.add_argument(
        "--shifted",
        action=argparse.BooleanOptionalAction,
        help="read five copies of each digit, moved by one pixel",
    )
    submit.add_argument("--keep", metavar="DIR", help="keep the trained networks for `predict`")
    submit.add_argument(
        "--partial", action="store_true", help="after Ctrl-C submit what was trained so far"
    )
    submit.add_argument(
        "--jobs", type=whole, metavar="N", help="networks trained at a time (one a core)"
    )
    submit.add_argument("--force", action="store_true", help="replace older files")
    submit.set_defaults(run=make_submission)

    validate = commands.add_parser("validate", help="what is wrong with a submission, if any")
    validate.add_argument("submission", metavar="submission.csv", help="also .gz")
    validate.add_argument(
        "--test", metavar="TEST.csv", help="whose rows these are (28000 rows)"
    )
    validate.set_defaults(run=validate_submission)

    predict = commands.add_parser(
        "predict",
        help="read digits with a network that was kept",
        description="Prints what a trained network reads in each FILE: a CSV or IDX file of "
        "digits, or a picture of one digit on plain paper.",
    )
    predict.add_argument("model", metavar="MODEL", help="of `submit --keep`, or a file of save")
    predict.add_argument("files", metavar="FILE", nargs="+", help="CSV, IDX, PNG, JPEG, …")
    predict.add_argument("--submission", metavar="OUT.csv", help="write it for Kaggle as well")
    predict.add_argument("--force", action="store_true", help="replace an older OUT.csv")
    predict.set_defaults(run=read_files)

    reproduce = commands.add_parser(
        "reproduce",
        help="train the recipes and print what each reaches",
        description="Trains every recipe with the seeds 0, 1, 2, … and prints one table: what "
        "is reported and what was reached, with the spread over the seeds. Ctrl-C prints the "
        "table of what is done.",
    )
    reproduce.add_argument("--data", default="sample", help="sample, mnist or kaggle (sample)")
    reproduce.add_argument("--recipes", type=names, metavar="A,B,…", help="(all of them)")
    reproduce.add_argument("--seeds", type=whole, default=3, help="trainings of each (3)")
    reproduce.add_argument("--json", metavar="FILE", help="record everything in FILE")
    reproduce.add_argument("--keep", metavar="DIR", help="record and weights of each training")
    reproduce.add_argument("--resume", action="store_true", help="train what FILE lacks")
    reproduce.add_argument("--force", action="store_true", help="replace an older FILE")
    reproduce.add_argument(
        "--hold-out",
        action="store_true",
        help="measure on a tenth of the training digits; the test part stays closed",
    )
    reproduce.add_argument(
        "--after",
        metavar="FILE",
        help="read the test part only for recipes that FILE, of --hold-out, has measured",
    )
    reproduce.set_defaults(run=run_reproduce)

    draw = commands.add_parser(
        "draw",
        help="a pad that reads your handwriting: one page, opened in the browser",
        description="Writes one HTML file with three trained networks in it, and opens it. "
        "The page needs no server and no network connection.",
    )
    draw.add_argument("-o", "--output", metavar="FILE", help="keep the page (draw.html)")
    draw.add_argument(
        "--weights",
        action="append",
        default=[],
        metavar="FILE.npz",
        help="your own network, from digitlib.save or np.savez(FILE, W1=W1, b1=b1, …); may be "
        "given several times",
    )
    draw.add_argument("--no-open", action="store_true", help="only write the page")
    draw.add_argument("--force", action="store_true", help="replace an older FILE")
    draw.set_defaults(run=draw_page)

    export = commands.add_parser(
        "export",
        help="a trained network as ONNX, for phones, browsers and servers",
        description="Writes the network in MODEL.npz, as digitlib.save wrote it, as an ONNX "
        "file: pixels (N, 784) from 0 to 1 in, probabilities (N, 10) out, any N.",
    )
    export.add_argument("model", metavar="MODEL.npz")
    export.add_argument("output", metavar="MODEL.onnx")
    export.add_argument("--force", action="store_true", help="replace an older MODEL.onnx")
    export.set_defaults(run=export_model)

    sweep = commands.add_parser(
        "sweep",
        help="train a recipe with many settings and seeds, on every core or a cluster",
        description="Trains a recipe with every combination of the settings and prints one "
        "line for each, with means over the seeds. What the seed holds out judges; the test "
        "part is never read. The same command goes on where it was stopped.",
        epilog="With DASK_SCHEDULER=tcp://… in the environment, or --scheduler, the runs "
        "happen on that scheduler's workers.",
    )
    sweep.add_argument("--recipe", default="three-layer-he", help="its name (three-layer-he)")
    sweep.add_argument("--data", default="sample", help="sample, mnist or kaggle (sample)")
    sweep.add_argument(
        "--grid",
        type=setting,
        action="append",
        required=True,
        metavar="NAME=A,B,…",
        help="rate, batch (0: all rows), epochs, width, depth, dropout or label_smoothing; "
        "once for each setting",
    )
    sweep.add_argument("--seeds", type=whole, default=3, help="trainings per setting (3)")
    sweep.add_argument("-o", "--output", metavar="FILE", help="rows as .csv or .jsonl")
    sweep.add_argument("--retry", action="store_true", help="run again what FILE has as failed")
    sweep.add_argument("--jobs", type=whole, help="processes (one per core)")
    sweep.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler's")
    sweep.set_defaults(run=run_sweep)
    return parser


def whole(text):
    """A whole number from 1, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def names(text):
    """Recipes' names with commas between, for argparse; unknown ones are refused."""
    from digitlib.recipes import find

    try:
        return [find(name.strip()).name for name in text.split(",")]
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def setting(text):
    """ "rate=0.03,0.1" -> ("rate", [0.03, 0.1]), for argparse; unknown settings are refused."""
    from digitlib.sweep.recipe import SETTINGS

    name, _, values = text.partition("=")
    if name not in SETTINGS:
        known = ", ".join(SETTINGS)
        raise argparse.ArgumentTypeError(f"no setting {name!r}; there are {known}")
    try:
        numbers = [float(value) for value in values.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r}: give numbers with commas between, as {name}=1,2"
        ) from None
    return name, [int(number) if number.is_integer() else number for number in numbers]


def recipe_times():
    """The recipes, what they reach and how long they take, as a table in text.

    From measured.json, which tools/results.py writes from recorded trainings.
    """
    path = Path(__file__).parent / "recipes" / "measured.json"
    measured = json.loads(path.read_text(encoding="utf-8"))
    machines = ", ".join(dict.fromkeys(one["machine"] for one in measured.values()))
    lines = ["recipes, with their accuracy on held-out rows of Kaggle's and the time to train"]
    lines += [f"one network there (on {machines}):"]
    for name, one in measured.items():
        lines.append(f"  {name:20}{one['held_out']:6.2f} %  {_duration(one['seconds'])}")
    if "best" not in measured:
        lines.append(f"  {'best':20}{'':8}  6 times cnn-best")
    lines.append(
        "best is cnn-best twice on each of three splits, read in shifted copies; its time"
    )
    lines.append("is that of all six.")
    return "\n".join(lines)


def _duration(seconds):
    return f"{seconds / 60:4.0f} min" if seconds >= 60 else f"{seconds:4.0f} s"


def show_progress(arguments):
    """Print the table of notebooks, exercises done and guesses right, and what is next."""
    from digitlib.exercises import progress, state

    if arguments.files:
        state.of_a_class(arguments.files)
    else:
        progress()


def show_data(arguments):
    """Print each source of digits: where it is, or where it was sought and what gets it."""
    for source in sources():
        found = f"found      {source.where}" if source.found else "not found"
        print(f"{source.name:8} {found}")
        if not source.found:
            print(f"{'':8} looked in  " + f"\n{'':19} ".join(source.looked_in))
            print(f"{'':8} to get it  {source.get}")
    print(variable())
    return 0


def make_submission(arguments):
    """Train on the competition's rows alone, and write what it wants."""
    from digitlib.recipes.submit import submit

    result = submit(
        arguments.train,
        arguments.test,
        arguments.output,
        arguments.recipe,
        arguments.seeds,
        arguments.force,
        splits=arguments.splits,
        shifted=arguments.shifted,
        keep=arguments.keep,
        partial=arguments.partial,
        jobs=arguments.jobs,
    )
    return 130 if result.interrupted else 0


def validate_submission(arguments):
    """Say the first thing wrong with a submission, or that it is in order."""
    from digitlib.recipes.submit import validate

    validate(arguments.submission, arguments.test)
    return 0


def read_files(arguments):
    """Print what a kept network reads."""
    from digitlib.recipes.predict import predict

    predict(arguments.model, arguments.files, arguments.submission, arguments.force)
    return 0


def run_reproduce(arguments):
    """Train, and print the table; 130 where it was interrupted."""
    from digitlib.recipes.records import reproduce
    from digitlib.recipes.tables import text

    record = reproduce(
        arguments.data,
        arguments.recipes,
        arguments.seeds,
        path=arguments.json,
        keep=arguments.keep,
        resume=arguments.resume,
        force=arguments.force,
        hold_out=arguments.hold_out,
        after=arguments.after,
        command=arguments.typed,
    )
    table = text(record)
    try:
        print(table, flush=True)
    except OSError:  # a full disk or a closed pipe behind stdout: the night's work is shown
        print(table, file=sys.stderr)
        raise
    if record.get("interrupted"):
        kept = "--resume goes on" if arguments.json or arguments.keep else "no FILE kept it"
        print(f"interrupted; {kept}", file=sys.stderr)
        return 130
    return 0


def draw_page(arguments):
    """Write the pad's page and open it."""
    import tempfile
    import webbrowser
    from pathlib import Path

    from digitlib.draw import write_page
    from digitlib.net.checkpoint import load_network

    files = [path_of(name) for name in arguments.weights]
    networks = {file.name: load_network(file) for file in files}
    if arguments.output:
        path = path_of(arguments.output).absolute()
        _refuse_to_replace(path, arguments.force)
    else:
        path = Path(tempfile.mkdtemp(prefix="digitlib-")) / "draw.html"
    print(write_page(path, networks))
    if arguments.no_open:
        return 0
    if not webbrowser.open(path.as_uri()):
        print("no browser could be opened: open this file in one", file=sys.stderr)
    elif not arguments.output:
        print("if the browser cannot find it, keep it where it can: -o draw.html")
    return 0


def export_model(arguments):
    """Write a network as ONNX, and say how large it is."""

    from digitlib.draw import export_onnx
    from digitlib.net.checkpoint import load_network

    path = path_of(arguments.output)
    _refuse_to_replace(path, arguments.force)
    export_onnx(load_network(path_of(arguments.model)), path)
    print(f"{path}  {path.stat().st_size:,} bytes")
    return 0


def _refuse_to_replace(path, force):
    if path.exists() and not force:
        raise FileExistsError(f"{path} exists already: --force replaces it")


def run_sweep(arguments):
    """Train, and print a line for each setting; 130 where it was interrupted."""
    from digitlib.data import load
    from digitlib.sweep import of_recipe, summary, sweep

    grid = dict(arguments.grid)
    if len(grid) < len(arguments.grid):
        raise ValueError("--grid names a setting twice: give all its values at once")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that all failed: the summary says it, with an error
        table = sweep(
            of_recipe(arguments.recipe, load(arguments.data)[0]),
            grid,
            seeds=arguments.seeds,
            path=arguments.output,
            retry=arguments.retry,
            jobs=arguments.jobs,
            scheduler=arguments.scheduler,
            score="valid_accuracy",
        )
    print(summary(table, list(grid), "valid_accuracy"))
    wanted = arguments.seeds * math.prod(len(values) for values in grid.values())
    if len(table) < wanted:
        return 130
    return 1 if (table["error"] != "").all() else 0


if __name__ == "__main__":
    sys.exit(main())
