"""Hooks of schemathesis: fuzzes without hypothesis's target phase.
In 6.170.15 that phase ends a run by an IndexError of its own (`attempt_replace` in conjecture/optimiser.py indexes the
spans of a test case by those of another). It only leans inputs towards those that are accepted; all are still judged."""

from hypothesis import Phase, settings

settings.register_profile("no-target-phase", phases=[phase for phase in settings().phases if phase != Phase.target])
settings.load_profile("no-target-phase")
