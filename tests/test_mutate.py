"""The mutation command: changes are made one at a time, and survivors are those it names."""

from tools import mutate

SOURCE = "def f(a, b=2):\n    return a + b if a < b and not b == 9 else -a\n"


def test_every_kind_of_change_is_made_alone():
    made = {(before, after) for _, before, after, *_ in mutate.mutants(SOURCE)}
    assert made >= {("2", "3"), ("a + b", "a - b"), ("a < b", "a <= b"), ("-a", "a")}
    assert ("not b == 9", "b == 9") in made
    wholes = [whole for *_, whole, _ in mutate.mutants(SOURCE)]
    assert len(set(wholes)) == len(wholes) == 8
    assert mutate.mutants("def f():\n    'text alone'\n") == []


def test_what_is_not_tested_survives_and_is_named(tmp_path, capsys):
    (tmp_path / "toy.py").write_text("def f(a):\n    return a + 1\n\n\nUNSEEN = 5\n")
    (tmp_path / "test_toy.py").write_text(
        "from toy import f\n\n\ndef test():\n    assert f(1) == 2\n"
    )
    found = mutate.run("toy.py", ["test_toy.py"], 9, 0, 60, root=tmp_path)
    assert found == (3, [(5, "5", "6")])
    assert "toy.py:5: 5  ->  6" in capsys.readouterr().out


def test_a_change_meets_the_tests_in_which_its_line_ran(tmp_path):
    (tmp_path / "toy.py").write_text("def f(a=1):\n    return a\n\n\ndef g():\n    return 3\n")
    (tmp_path / "test_toy.py").write_text(
        "from toy import f, g\n\n\n"
        "def test_f():\n    assert f(2) == 2\n\n\n"
        "def test_slow():\n    assert sum(range(1_000_000)) > g()\n\n\n"
        "def test_g():\n    assert g() == 3\n"
    )
    with mutate.Tests(tmp_path, "toy.py", ["test_toy.py"], 60) as tests:
        ran = {line: tests.reach(line) for line in (1, 2, 5)}
        assert ran[2] == ["test_toy.py::test_f"]
        assert ran[5] == ["test_toy.py::test_g", "test_toy.py::test_slow"]
        assert len(ran[1]) == 3, "a default is set at the import"
        changes = mutate.mutants(tests.source)
        noticed = [tests.notice(whole, mutate.statement(tests.source, number))
                   for *_, whole, number in changes]  # fmt: skip
        assert [(change[1], seen) for change, seen in zip(changes, noticed)] == [
            ("1", False),
            ("3", True),
        ]
