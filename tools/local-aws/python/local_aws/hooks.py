"""The private names of MiniStack this plug-in builds on, declared where they are used and checked before the start.

MiniStack promises nothing about names that begin with an underscore, so every module says here which ones it borrows.
`check` fails with all that are missing, and the version found, instead of letting a deployment fail halfway.
"""

from importlib import import_module
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any, Callable

SUPPORTED_VERSION = "1.5.33"

_problems: list[str] = []


def borrow(module_name: str, *names: str) -> SimpleNamespace:
    """The named attributes of a MiniStack module; one that is missing is reported by `check`."""
    module = import_module(module_name)
    _problems.extend(f"{module_name}.{name} does not exist" for name in names if not hasattr(module, name))
    return SimpleNamespace(**{name: getattr(module, name, None) for name in names})


def wrap(module_name: str, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace a function of a MiniStack module by one made from it."""
    module = import_module(module_name)
    original = getattr(module, name, None)
    if not callable(original):
        report(f"{module_name}.{name} is not a function")
        return
    setattr(module, name, make(original))


def report(problem: str) -> None:
    """Add a reason why this plug-in does not fit the installed MiniStack."""
    _problems.append(problem)


def check() -> None:
    """Raise `SystemExit` with everything that does not fit, or return."""
    installed = version("ministack")
    problems = list(_problems)
    if installed != SUPPORTED_VERSION:
        problems.insert(0, f"version {SUPPORTED_VERSION} is required")
    if problems:
        raise SystemExit(
            f"local-aws: its plug-in does not fit MiniStack {installed}:\n"
            + "\n".join(f"  - {problem}" for problem in problems)
            + "\nInstall the version in requirements.txt, or adapt the plug-in to the new one."
        )
