"""The mutation command: changes are made one at a time, and survivors are those it names."""

from tools import mutate

SOURCE = "def f(a, b=2):\n    return a + b if a < b and not b == 9 else -a\n"


def test_every_kind_of_change_is_made_alone():
    made = {(before, after) for _, before, after, _ in mutate.mutants(SOURCE)}
    assert made >= {("2", "3"), ("a + b", "a - b"), ("a < b", "a <= b"), ("-a", "a")}
    assert ("not b == 9", "b == 9") in made
    wholes = [whole for *_, whole in mutate.mutants(SOURCE)]
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
