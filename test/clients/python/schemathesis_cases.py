"""schemathesis on the OpenAPI document: no 5xx, and no status, content type or answer that the document doesn't tell.
Argument: how many cases to make at least; operations without a body have few, so the share of the others is larger."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from checks import BASE, Checks, run

check = Checks("schemathesis")
CASES = int(sys.argv[1])
# The coverage phase alone makes about 5,000 cases.
EXAMPLES = max(20, (CASES - 5000) // 13)
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
]
SCHEMATHESIS = Path(sys.executable).with_name("st")
HOOKS = Path(__file__).with_name("hooks") / "no_target_phase.py"


@check(f"{CASES} cases: no 5xx, no undocumented status, no answer that does not fit its schema")
def cases():
    command = [SCHEMATHESIS, "run", f"{BASE}/api-doc/openapi.json", "--seed", "1"]
    # Health checks are of how hypothesis draws its data, which a busy machine fails.
    options = ["--max-examples", str(EXAMPLES), "--checks", ",".join(CHECKS), "--suppress-health-check", "all"]
    env = {**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)}
    with tempfile.TemporaryDirectory() as folder:  # it leaves a cache where it runs
        result = subprocess.run([*command, *options], capture_output=True, text=True, env=env, cwd=folder)
    print(result.stdout)
    assert result.returncode == 0, f"schemathesis ended with {result.returncode}"
    made = int(re.search(r"(\d+) generated", result.stdout).group(1))
    assert made >= CASES, f"{made} cases"


run(check)
