"""What can be done without a notebook: python -m digitlib --help lists it."""

import argparse
import sys

from digitlib._places import sources


class Parser(argparse.ArgumentParser):
    """Bad use gets one line and the exit code 2."""

    def error(self, message):
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help tells more)\n")


def main(argv=None):
    """Run one command; returns the exit code. A new command is one more block below."""
    parser = Parser(prog="python -m digitlib", description="Digits from scratch.")
    commands = parser.add_subparsers(dest="command", metavar="command", required=True)

    data = commands.add_parser("data", help="list the sources of digits and where they are")
    data.set_defaults(run=show_data)

    submit = commands.add_parser(
        "submit",
        help="from Kaggle's train.csv and test.csv to a submission",
        description="Trains on TRAIN.csv less a tenth, which is held out to measure what the "
        "leaderboard should show; predicts TEST.csv; writes the file that Kaggle wants.",
        epilog="MNIST is never used, although it would look better. Only TRAIN.csv is learned "
        "from: the competition's 70,000 digits are MNIST's 70,000, dealt out anew, so whoever "
        "trains on all of MNIST trains on the competition's test set, and the score measures "
        "nothing any more.",
    )
    submit.add_argument("train", metavar="TRAIN.csv", help="labels and pixels; also .gz, .zip")
    submit.add_argument("test", metavar="TEST.csv", help="pixels alone")
    submit.add_argument("-o", "--output", default="submission.csv", help="(submission.csv)")
    submit.add_argument("--recipe", default="mlp-best", help="a recipe's name (mlp-best)")
    submit.add_argument("--seeds", type=whole, default=1, help="networks that are averaged (1)")
    submit.add_argument("--force", action="store_true", help="replace an older file")
    submit.set_defaults(run=make_submission)

    validate = commands.add_parser("validate", help="what is wrong with a submission, if any")
    validate.add_argument("submission", metavar="submission.csv")
    validate.add_argument(
        "--test", metavar="TEST.csv", help="whose rows these are (28000 rows)"
    )
    validate.set_defaults(run=validate_submission)

    arguments = parser.parse_args(argv)
    try:
        return arguments.run(arguments)
    except (ValueError, OSError, FloatingPointError) as error:
        print(f"{parser.prog} {arguments.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"{parser.prog} {arguments.command}: interrupted", file=sys.stderr)
        return 130  # what a shell expects


def whole(text):
    """A whole number from 1, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def show_data(arguments):
    """Print each source of digits: whether it was found, where, and the line that gets it."""
    for source in sources():
        found = f"found      {source.where}" if source.found else "not found"
        print(f"{source.name:8} {found}")
        print(f"{'':8} to get it  {source.get}")
    return 0


def make_submission(arguments):
    """Train on the competition's rows alone, and write what it wants."""
    from digitlib._submit import submit

    paths = arguments.train, arguments.test, arguments.output
    submit(*paths, arguments.recipe, arguments.seeds, arguments.force)
    return 0


def validate_submission(arguments):
    """Say the first thing wrong with a submission, or that it is in order."""
    from digitlib._submit import validate

    validate(arguments.submission, arguments.test)
    return 0


if __name__ == "__main__":
    sys.exit(main())
