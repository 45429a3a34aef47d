"""The steps of the check, in the order in which they run."""
import dataclasses
import typing


@dataclasses.dataclass
class Step:
    name: str
    claim: str
    quick: bool
    run: typing.Callable


STEPS = []


def step(name, claim, quick=False):
    """Registers a step: a function of the check that returns its figures, or raises Failed or Skipped."""
    def register(function):
        STEPS.append(Step(name, claim, quick, function))
        return function
    return register
