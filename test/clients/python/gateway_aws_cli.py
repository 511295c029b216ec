"""aws CLI: invocations and descriptions by a gateway."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from checks import Checks, equal, run
from checks_gateway import ENDPOINT, STORY

check = Checks("awscli")


def aws(*arguments):
    return subprocess.run(
        [Path(sys.executable).parent / "aws", *arguments, "--output", "json"], capture_output=True, text=True)


@check("aws sagemaker-runtime invoke-endpoint writes the answer to a file")
def invoke():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "body").write_text(json.dumps(STORY))
        done = aws("sagemaker-runtime", "invoke-endpoint", "--endpoint-name", ENDPOINT, "--content-type",
                   "application/json", "--body", f"fileb://{folder}/body", f"{folder}/answer")
        equal(done.returncode, 0)
        equal(json.loads(done.stdout)["InvokedProductionVariant"], "AllTraffic")
        assert json.loads((Path(folder) / "answer").read_text())["choices"]


@check("aws sagemaker lists, describes and waits for endpoints")
def describe():
    listed = json.loads(aws("sagemaker", "list-endpoints").stdout)["Endpoints"]
    assert ENDPOINT in [endpoint["EndpointName"] for endpoint in listed], listed
    described = json.loads(aws("sagemaker", "describe-endpoint", "--endpoint-name", ENDPOINT).stdout)
    equal((described["EndpointStatus"], described["EndpointArn"].split(":")[-1]), ("InService", f"endpoint/{ENDPOINT}"))
    equal(aws("sagemaker", "wait", "endpoint-in-service", "--endpoint-name", ENDPOINT).returncode, 0)


@check("an endpoint that is not there ends it with the error's name")
def unknown():
    done = aws("sagemaker-runtime", "invoke-endpoint", "--endpoint-name", "not-there", "--body", "fileb:///dev/null", "/dev/null")
    assert done.returncode != 0 and "ValidationError" in done.stderr and "not-there" in done.stderr, done.stderr


run(check)
