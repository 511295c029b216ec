"""Imported before torch: threads that wait give the core away.

On a machine that is also used for other things, spinning doubled the CPU time of a step.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("GOMP_SPINCOUNT", "0")
