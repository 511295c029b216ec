"""boto3: invocations of a gateway that asks for signatures, whole, streamed and asynchronous, and what is refused."""

import json
import os
import time
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError
from checks import Checks, equal, raises, run
from checks_gateway import ENDPOINT, STORY, check_spread, chunks, text_of

runtime = boto3.client("sagemaker-runtime")
check = Checks("boto3")
ASKED = {"EndpointName": ENDPOINT, "ContentType": "application/json"}


def invoke(payload, client=runtime, **fields):
    return client.invoke_endpoint(**{**ASKED, "Body": json.dumps(payload), **fields})


def stream(payload):
    answer = runtime.invoke_endpoint_with_response_stream(**ASKED, Body=json.dumps({**payload, "stream": True}))
    return (event["PayloadPart"]["Bytes"] for event in answer["Body"])


@check("invoke_endpoint answers with the model's JSON, its content type and the variant")
def whole():
    answer = invoke(STORY, CustomAttributes="trace=1")
    equal((answer["ContentType"].split(";")[0], answer["InvokedProductionVariant"]), ("application/json", "AllTraffic"))
    equal(answer["CustomAttributes"], "trace=1")
    assert json.loads(answer["Body"].read())["choices"][0]["message"]["content"]


@check("invoke_endpoint_with_response_stream gives parts while the model computes, with the whole answer's text")
def streamed():
    check_spread(lambda: stream(STORY))
    expected = json.loads(invoke(STORY)["Body"].read())["choices"][0]["message"]["content"]
    equal(text_of(stream(STORY)), expected)


@check("a body with `inputs` is taken as TGI takes it")
def tgi_shape():
    answer = invoke({"inputs": "My name is Olivier and I", "parameters": {"max_new_tokens": 5}})
    assert json.loads(answer["Body"].read())[0]["generated_text"]


@check("a session is opened, used and closed")
def session():
    opened = invoke({"requestType": "NEW_SESSION"}, SessionId="NEW_SESSION")["NewSessionId"]
    name = opened.split(";")[0]
    equal(invoke(STORY, SessionId=name)["ResponseMetadata"]["HTTPStatusCode"], 200)
    equal(invoke({"requestType": "CLOSE"}, SessionId=name)["ClosedSessionId"], name)
    raises(runtime.exceptions.ModelError, lambda: invoke(STORY, SessionId=name))


@check("what the model refuses raises ModelError with its status and words, streamed or not")
def model_error():
    for call in (lambda: invoke({"nothing": 1}), lambda: list(stream({"nothing": 1}))):
        said = raises(runtime.exceptions.ModelError, call).response
        equal((said["OriginalStatusCode"], said["ResponseMetadata"]["HTTPStatusCode"]), (422, 424))
        assert "messages" in said["OriginalMessage"], said
        assert said["LogStreamArn"].startswith("arn:aws:logs:us-east-1:"), said


@check("an endpoint that is not there raises ValidationError that names it")
def unknown_endpoint():
    error = raises(ClientError, lambda: invoke(STORY, EndpointName="not-there"))
    equal(error.response["Error"]["Code"], "ValidationError")
    assert "not-there" in str(error), error


@check("a wrong secret raises InvalidSignatureException, a wrong key UnrecognizedClientException")
def wrong_secret():
    for field, code in (("secret", "InvalidSignatureException"), ("key", "UnrecognizedClientException")):
        given = {"key": "test", "secret": "test", field: "wrong"}
        client = boto3.client("sagemaker-runtime", aws_access_key_id=given["key"], aws_secret_access_key=given["secret"])
        said = raises(ClientError, lambda: invoke(STORY, client)).response
        equal((said["Error"]["Code"], said["ResponseMetadata"]["HTTPStatusCode"]), (code, 403))


@check("a body that is changed after it was signed raises InvalidSignatureException")
def changed_body():
    client = boto3.client("sagemaker-runtime")

    def change(request, **_):
        request.body = request.body.replace(b"story", b"joke.")

    client.meta.events.register("before-send.sagemaker-runtime.InvokeEndpoint", change)
    equal(raises(ClientError, lambda: invoke(STORY, client)).response["Error"]["Code"], "InvalidSignatureException")


@check("invoke_endpoint_async takes an object of S3 and writes another, or the failure")
def asynchronous():
    folder = Path(os.environ["S3_FOLDER"])
    (folder / "inputs").mkdir(exist_ok=True)

    def outcome(name, payload, location):
        (folder / "inputs" / name).write_text(json.dumps(payload))
        answer = runtime.invoke_endpoint_async(
            EndpointName=ENDPOINT, ContentType="application/json", InputLocation=f"s3://inputs/{name}", InferenceId=name)
        equal((answer["InferenceId"], answer["ResponseMetadata"]["HTTPStatusCode"]), (name, 202))
        written = folder / answer[location].removeprefix("s3://")
        for _ in range(300):
            if written.exists() and written.read_text():
                return written.read_text()
            time.sleep(0.1)
        raise AssertionError(f"{written} was not written")

    assert json.loads(outcome("story.json", STORY, "OutputLocation"))["choices"]
    assert "Received client error (422)" in outcome("nothing.json", {"nothing": 1}, "FailureLocation")


@check("a stream that breaks raises EventStreamError after the parts that came")
def broken_stream():
    client = boto3.client("sagemaker-runtime", endpoint_url=os.environ["BREAKING_GATEWAY"])
    answer = client.invoke_endpoint_with_response_stream(**ASKED, Body=json.dumps({**STORY, "stream": True}))
    parts = []

    def read():
        for event in answer["Body"]:
            parts.append(event["PayloadPart"]["Bytes"])

    error = raises(EventStreamError, read)
    equal((error.response["Error"]["Code"], len(parts)), ("ModelStreamError", 1))


@check("a throttled call is tried again, and raises ThrottlingException once its tries are used up")
def throttled():
    config = Config(retries={"total_max_attempts": 2, "mode": "standard"})
    client = boto3.client("sagemaker-runtime", endpoint_url=os.environ["THROTTLING_GATEWAY"], config=config)
    said = raises(ClientError, lambda: invoke(STORY, client)).response
    equal((said["Error"]["Code"], said["ResponseMetadata"]["RetryAttempts"]), ("ThrottlingException", 1))


assert chunks([b"data: {}\n", b"\ndata: [DO", b"NE]\n\n"]) == [{}]
run(check)
