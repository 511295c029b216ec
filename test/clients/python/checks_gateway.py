"""What the clients of the gateway share: where it is, and what a stream of parts holds."""

import base64
import json
import os
import time

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

GATEWAY = os.environ["GATEWAY"]
ENDPOINT = "demo"
MODEL = "HuggingFaceH4/zephyr-7b-beta"
STORY = {"messages": [{"role": "user", "content": "Tell me a story."}], "temperature": 0, "max_tokens": 400, "ignore_eos": True}
"""Long enough to take a while."""


def check_spread(stream):
    """Holds that the parts of `stream()` come while the model computes, not all at its end. A busy machine may hold a
    reader back, so one of three streams is enough."""
    told = []
    for _ in range(3):
        asked, came = time.monotonic(), []
        for _part in stream():
            came.append(time.monotonic() - asked)
        if len(came) > 20 and came[-1] - came[0] > 0.2 * came[-1]:
            return
        told.append(f"{len(came)} parts from {came[0]:.3f} to {came[-1]:.3f} s")
    raise AssertionError("; ".join(told))


def chunks(parts):
    """The chat chunks of a stream whose parts may be cut anywhere: they are put together, then parsed."""
    events = b"".join(parts).decode().split("\n\n")
    data = [event.removeprefix("data:").strip() for event in events if event.strip()]
    assert data[-1] == "[DONE]", data[-1]
    return [json.loads(text) for text in data[:-1]]


def text_of(parts):
    return "".join(chunk["choices"][0]["delta"]["content"] for chunk in chunks(parts))


def bearer_token(region="us-east-1", expires=43200, secret="test"):
    """As the SageMaker SDK's generate_token makes it: a presigned CallWithBearerToken request in base64."""
    host = "sagemaker.amazonaws.com"
    request = AWSRequest("POST", f"https://{host}/", headers={"host": host}, params={"Action": "CallWithBearerToken"})
    SigV4QueryAuth(Credentials("test", secret), "sagemaker", region, expires=expires).add_auth(request)
    presigned = request.url.removeprefix("https://") + "&Version=1"
    return "sagemaker-api-key-" + base64.b64encode(presigned.encode()).decode()
