"""The examples of docs/gateway.md, as they stand there: Python, and the aws CLI."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from checks import Checks, run
from checks_gateway import GATEWAY

PAGE = (Path(__file__).parents[3] / "docs" / "gateway.md").read_text()
check = Checks("boto3")


def add(number, language, code):
    command = [sys.executable, "-c"] if language == "python" else ["bash", "-euc"]

    @check(f"docs/gateway.md: {language} example {number} prints an answer")
    def example():
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [*command, code.replace("http://127.0.0.1:8099", GATEWAY)],
                cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout.strip(), done.stdout + done.stderr


examples = re.findall(r"```(python|sh)\n(.*?)```", PAGE, re.DOTALL)
assert [language for language, _ in examples].count("python") == 4, examples
for number, (language, code) in enumerate(examples, 1):
    add(number, language, code)
run(check)
