"""What can be done without a notebook: python -m digitlib data."""

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

    arguments = parser.parse_args(argv)
    return arguments.run(arguments)


def show_data(arguments):
    """Print each source of digits: whether it was found, where, and the line that gets it."""
    for source in sources():
        found = f"found      {source.where}" if source.found else "not found"
        print(f"{source.name:8} {found}")
        print(f"{'':8} to get it  {source.get}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
