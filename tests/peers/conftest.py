"""Comparisons with PyTorch and scikit-learn, which digitlib does not need.

`pytest tests` passes this folder by. `pytest tests/peers` asks for it, and then a package that
is missing is an error, and so is every skip: `make peers` must not pass on an empty hand.
"""

import pytest


def pytest_ignore_collect(collection_path, config):
    asked_for = any("peers" in str(argument) for argument in config.invocation_params.args)
    return None if asked_for else True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"skipped, which is a failure: {item.name}"
    return report
