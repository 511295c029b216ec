"""Runs the checks of a client script and prints a line for each: `PASS client version: what` or `FAIL …`."""

import asyncio
import inspect
import os
import sys
import traceback
from importlib.metadata import version

BASE = os.environ["BASE"]
OPENAI = {"base_url": f"{BASE}/v1", "api_key": "none"}
"""What an OpenAI client is pointed at Parlance with."""

MESSAGES = [{"role": "system", "content": "Answer in a word."}, {"role": "user", "content": "What is deep learning?"}]
PROMPT = "My name is Olivier and I"


class Checks:
    def __init__(self, package):
        self.client = f"{package} {version(package)}"
        self.checks = []

    def __call__(self, what):
        """Decorates a function without arguments, async or not, that raises where `what` does not hold."""

        def register(function):
            self.checks.append((what, function))
            return function

        return register

    def run(self):
        """Runs the checks in order on one event loop. @returns whether all passed"""
        return asyncio.run(self._run())

    async def _run(self):
        passed = [await self._holds(what, function) for what, function in self.checks]
        return all(passed)

    async def _holds(self, what, function):
        try:
            result = function()
            if inspect.isawaitable(result):
                await result
        except Exception as error:
            traceback.print_exc()
            said = str(error) or traceback.extract_tb(error.__traceback__)[-1].line
            print(f"FAIL {self.client}: {what}: {type(error).__name__}: {' '.join(said.split())[:300]}", flush=True)
            return False
        print(f"PASS {self.client}: {what}", flush=True)
        return True


def run(*groups):
    sys.exit(0 if all([group.run() for group in groups]) else 1)


def raises(error_class, function):
    """@returns the error, for a look at its fields"""
    try:
        function()
    except error_class as error:
        return error
    raise AssertionError(f"expected {error_class.__name__}")


def equal(got, expected):
    assert got == expected, f"got {got!r}, expected {expected!r}"


def check_usage(usage):
    assert usage.prompt_tokens > 0 and usage.completion_tokens > 0, usage
    equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens)
