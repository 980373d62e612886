"""How a notebook of the second edition is measured: its core, its minutes, its equations.

The core is everything but the section '## Going further', in which each heading '### ' begins
an optional part.
"""

import ast
import re
from dataclasses import dataclass

from nbformat.v4 import new_markdown_cell
from notebook_tools import prose, tags, without_code_and_mathematics

from digitlib.exercises.model import Wall, find
from tools.course import ELSEWHERE, NOTES_LINE

QUESTION = re.compile(r"^\*([^*\n]+\?)\*$", re.MULTILINE)
FURTHER = re.compile(r"^## Going further\b", re.MULTILINE)
SECTION = re.compile(r"^## ", re.MULTILINE)
PART = re.compile(r"^### (.+)", re.MULTILINE)

WORDS, CELLS, LINES, FIGURES, EXERCISES, MINUTES = 1800, 24, 250, 5, 4, 65
WORDS_A_MINUTE, LINES_A_MINUTE, AN_EXERCISE, A_WALL_LINE, A_FIGURE = 150, 10, 6, 3, 1


def split_at_headings(notebook):
    """The notebook's cells, each Markdown cell cut before every heading '## ' and '### '."""
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(cell)
            continue
        pieces = re.split(r"^(?=###? )", cell.source, flags=re.MULTILINE)
        cells += [new_markdown_cell(piece) for piece in pieces if piece.strip()]
    return cells


def _sections(notebook):
    """The cells before, in and after the section 'Going further', which may be missing."""
    cells = split_at_headings(notebook)
    begins = [
        i
        for i, cell in enumerate(cells)
        if cell.cell_type == "markdown" and SECTION.match(cell.source)
    ]
    further = [i for i in begins if FURTHER.match(cells[i].source)]
    first = further[0] if further else len(cells)
    end = next((i for i in begins if i > first), len(cells))
    return cells[:first], cells[first:end], cells[end:]


def core_and_parts(notebook):
    """(the cells of the core, [(heading, cells) of each optional part]).

    The core is everything but the section 'Going further', where each heading '### ' begins a
    part.
    """
    before, further, after = _sections(notebook)
    parts = []
    for cell in further:
        heading = PART.match(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            parts.append((heading[1].strip(), []))
        if parts:
            parts[-1][1].append(cell)
    return [*before, *after], parts


def cells_before_the_first_part(notebook):
    """Code below 'Going further' that no part owns: it would run in no test of parts."""
    _, further, _ = _sections(notebook)
    loose = []
    for cell in further:
        if cell.cell_type == "markdown" and PART.match(cell.source):
            break
        loose.append(cell)
    return [cell for cell in loose if cell.cell_type == "code"]


@dataclass(frozen=True)
class Measure:
    """What a reader has to do in a core, and how long it takes."""

    words: int
    cells: int
    lines: int
    figures: int
    exercises: int
    wall_lines: int
    walls: int = 0

    @property
    def minutes(self):
        single = self.exercises - self.walls
        return (
            self.words / WORDS_A_MINUTE
            + self.lines / LINES_A_MINUTE
            + AN_EXERCISE * single
            + A_WALL_LINE * self.wall_lines
            + A_FIGURE * self.figures
        )


def words_of(markdown):
    """How many words a reader reads: no numbers, formulas, code, badges, comments or rules."""
    text = re.sub(r"<!--.*?-->|\[!\[.*?\]\(.*?\)\]\(.*?\)", " ", markdown, flags=re.DOTALL)
    text = ELSEWHERE.sub(" ", NOTES_LINE.sub(" ", text))  # like the badges, to be clicked on
    return sum(
        bool(re.search(r"[^\W\d_]", word))
        for word in without_code_and_mathematics(text).split()
    )


def called(source, function):
    """The calls of a function in a cell, as syntax trees."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == function
    ]


def first_text(call):
    """The name that a call of check, guess, reveal or hold begins with, where it is written."""
    if call.args and isinstance(call.args[0], ast.Constant):
        return call.args[0].value
    return None


def measure(cells):
    """The Measure of a list of cells. The set-up cell is not the reader's to read."""
    code = [c for c in cells if c.cell_type == "code" and "set-up" not in tags(c)]
    names = {first_text(call) for cell in code for call in called(cell.source, "check")}
    walls = [e for e in map(find, sorted(names)) if isinstance(e, Wall)]
    return Measure(
        words=sum(words_of(c.source) for c in cells if c.cell_type == "markdown"),
        cells=len(code),
        lines=sum(bool(line.strip()) for c in code for line in c.source.splitlines()),
        figures=sum(
            "image/png" in output.get("data", {}) for c in code for output in c.outputs
        ),
        exercises=len(names),
        wall_lines=sum(len(wall.lines) for wall in walls),
        walls=len(walls),
    )


def too_much(found):
    """What a core has too much of, as sentences."""
    limits = {
        "words": WORDS,
        "cells": CELLS,
        "lines": LINES,
        "figures": FIGURES,
        "exercises": EXERCISES,
        "minutes": MINUTES,
    }
    return [
        f"{getattr(found, what):.0f} {what}, at most {limit}"
        for what, limit in limits.items()
        if getattr(found, what) > limit
    ]


# How wide a displayed equation is. MathJax draws the 81 equations of the first edition, with
# 16 px text, 13 to 23 and in the middle 16.7 px wide for each em that is counted here; of the
# widest, which matter, 16 to 18.
PIXELS_OF_AN_EM, PAGE = 16.7, 800


def words(text):
    return set(text.split())


RELATIONS = words("= < > approx le leq ge geq neq ne equiv sim in to mapsto propto ll gg")
RELATIONS |= words("rightarrow leftarrow longrightarrow Rightarrow Longrightarrow")
OPERATORS = words("+ - times cdot pm odot circ ast star div otimes")
SPACES = {",": 0.17, ":": 0.22, ";": 0.28, "!": -0.17, " ": 0.25, "quad": 1.0, "qquad": 2.0}
LARGE = {"sum": 1.45, "prod": 1.3, "int": 1.0}
WORDS_OF_MATHS = words("log exp max min sin cos tanh arg lim det ln")
# Commands that set their one argument in another face, and those that are not seen.
FACES = words("mathrm mathbf mathit mathcal mathsf boldsymbol hat bar tilde vec widehat text")
FACES |= words("textbf operatorname sqrt overline underline color boxed")
SILENT = words("left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr limits")
SILENT |= words("nonumber displaystyle textstyle")
TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[{}^_&]|\s+|.", re.DOTALL)


def width(tex):
    """About how wide a displayed equation is, in em of the text's size: its widest line."""
    tex = re.sub(r"\\(begin|end)\{[^}]*\}(\{[lcr| ]*\})?|\\tag\{[^}]*\}", " ", tex)
    return max(_width(_tokens(line)) for line in re.split(r"\\\\(?:\[[^\]]*\])?", tex))


def _tokens(tex):
    return [t for t in TOKEN.findall(tex) if not t.isspace()]


def _group(tokens, i):
    """The tokens of the argument that begins at i, and where the next thing begins."""
    if i >= len(tokens):
        return [], i
    if tokens[i] != "{":
        return [tokens[i]], i + 1
    depth, start = 1, i + 1
    while depth and i + 1 < len(tokens):
        i += 1
        depth += {"{": 1, "}": -1}.get(tokens[i], 0)
    return tokens[start:i], i + 1


def _width(tokens):
    total, i = 0.0, 0
    while i < len(tokens):
        token, i = tokens[i], i + 1
        name = token[1:] if token.startswith("\\") else token
        if token == "{":
            inner, i = _group(tokens, i - 1)
            total += _width(inner)
        elif token in "^_":
            first, i = _group(tokens, i)
            size = _width(first)
            if i < len(tokens) and tokens[i] in "^_" and tokens[i] != token:
                second, i = _group(tokens, i + 1)  # below and above one another
                size = max(size, _width(second))
            total += 0.7 * size
        elif name in ("underbrace", "overbrace", "underset", "overset", "stackrel"):
            first, i = _group(tokens, i)
            if name.endswith("brace"):
                i += i < len(tokens) and tokens[i] in "^_"
            second, i = _group(tokens, i)
            one, other = _width(first), _width(second)
            if name.endswith("brace"):
                total += max(one, 0.7 * other)
            else:
                total += max(0.7 * one, other)
        elif name in ("frac", "dfrac", "tfrac", "binom"):
            above, i = _group(tokens, i)
            below, i = _group(tokens, i)
            total += max(_width(above), _width(below)) + 0.25
        elif token.startswith("\\"):
            if name in SPACES:
                total += SPACES[name]
            elif name in RELATIONS:
                total += 1.33
            elif name in OPERATORS:
                total += 1.0
            elif name in LARGE:
                total += LARGE[name]
            elif name in WORDS_OF_MATHS:
                total += 0.5 * len(name) + 0.17
            elif name not in FACES | SILENT:
                total += 0.6
        elif token in RELATIONS:
            total += 1.33
        elif token in OPERATORS:
            total += 1.2
        elif token in ",;":
            total += 0.45
        elif token in "()[]|.:'!":
            total += 0.35
        elif token not in "}&~":
            total += 0.55
    return total


def too_wide(notebook):
    """The displayed equations of which a page of 800 px cuts off the end."""
    return [tex for tex in equations(notebook) if PIXELS_OF_AN_EM * width(tex) > PAGE]


def equations(notebook):
    """Every displayed equation of a notebook."""
    return re.findall(r"\$\$(.+?)\$\$", prose(notebook), re.DOTALL)
