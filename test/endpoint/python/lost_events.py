"""Reads streams that are cut at random bytes by the way that docs/clients.md shows, and prints what is wrong with them.

Usage: lost_events.py PAGE NUM_RUNS TEXTS: TEXTS is a JSON file with the content that each event has.
"""

import json
import pathlib
import re
import sys

page, num_runs, texts = sys.argv[1:]
code = re.search(r"```python\n(.*?)```", pathlib.Path(page).read_text(), re.DOTALL).group(1)
documented = {"__name__": "documented"}
exec(compile(code, page, "exec"), documented)

expected = json.loads(pathlib.Path(texts).read_text())
for run in range(int(num_runs)):
    chunks = documented["chat"]("demo", [{"role": "user", "content": "Hi"}])
    contents = [chunk["choices"][0]["delta"]["content"] for chunk in chunks]
    assert contents == expected, f"run {run}: {len(contents)} of {len(expected)} events, or changed"
print(f"{num_runs} streams of {len(expected)} events")
