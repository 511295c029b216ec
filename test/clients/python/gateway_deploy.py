"""boto3: models, endpoints and inference components made on a gateway, with its waiters."""

import json
import time

import boto3
from botocore.exceptions import ClientError, WaiterError
from checks import Checks, equal, raises, run
from checks_gateway import MODEL, STORY

sagemaker = boto3.client("sagemaker")
runtime = boto3.client("sagemaker-runtime")
check = Checks("boto3")
QUICKLY = {"Delay": 1, "MaxAttempts": 120}
ROLE = "arn:aws:iam::123456789012:role/sagemaker_execution_role"


def create_model(name, **environment):
    container = {"Image": "parlance:latest", "Environment": {"HF_MODEL_ID": MODEL, "SM_NUM_GPUS": "1", **environment}}
    return sagemaker.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)["ModelArn"]


def create_config(name, **variant):
    given = {"VariantName": "AllTraffic", "InstanceType": "ml.g5.2xlarge", "InitialInstanceCount": 1, **variant}
    sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[given])


def wait(name, waiter="endpoint_in_service"):
    sagemaker.get_waiter(waiter).wait(EndpointName=name, WaiterConfig=QUICKLY)


def text(name, **fields):
    answer = runtime.invoke_endpoint(EndpointName=name, ContentType="application/json", Body=json.dumps(STORY), **fields)
    return json.loads(answer["Body"].read())["choices"][0]["message"]["content"]


@check("an endpoint is created, waited for, invoked, updated, deleted, and waited for to be gone")
def life():
    arn = create_model("zephyr", MESSAGES_API_ENABLED="true")
    equal(sagemaker.describe_model(ModelName="zephyr")["ModelArn"], arn)
    create_config("zephyr", ModelName="zephyr", ContainerStartupHealthCheckTimeoutInSeconds=300)
    tags = [{"Key": "team", "Value": "a"}]
    made = sagemaker.create_endpoint(EndpointName="zephyr", EndpointConfigName="zephyr", Tags=tags)
    equal(sagemaker.describe_endpoint(EndpointName="zephyr")["EndpointStatus"], "Creating")
    equal(sagemaker.list_tags(ResourceArn=made["EndpointArn"])["Tags"], tags)
    wait("zephyr")
    variant = sagemaker.describe_endpoint(EndpointName="zephyr")["ProductionVariants"][0]
    equal((variant["VariantName"], variant["CurrentInstanceCount"]), ("AllTraffic", 1))
    assert text("zephyr")
    refused = lambda: runtime.invoke_endpoint(EndpointName="zephyr", ContentType="application/json", Body='{"inputs": "x"}')
    assert "MESSAGES_API_ENABLED" in raises(runtime.exceptions.ModelError, refused).response["OriginalMessage"]

    create_model("zephyr-2")
    create_config("zephyr-2", ModelName="zephyr-2")
    sagemaker.update_endpoint(EndpointName="zephyr", EndpointConfigName="zephyr-2")
    equal(sagemaker.describe_endpoint(EndpointName="zephyr")["EndpointStatus"], "Updating")
    assert text("zephyr"), "the old variant answers until the new one does"
    wait("zephyr")
    equal(sagemaker.describe_endpoint(EndpointName="zephyr")["EndpointConfigName"], "zephyr-2")
    assert refused()["Body"].read()

    found = sagemaker.list_endpoints(NameContains="zeph", StatusEquals="InService")["Endpoints"]
    equal([endpoint["EndpointName"] for endpoint in found], ["zephyr"])
    sagemaker.delete_endpoint(EndpointName="zephyr")
    wait("zephyr", "endpoint_deleted")
    for name in ("zephyr", "zephyr-2"):
        sagemaker.delete_endpoint_config(EndpointConfigName=name)
        sagemaker.delete_model(ModelName=name)


@check("an endpoint whose container ends fails, with what the container said last")
def failing():
    create_model("broken", HF_MODEL_ID="/no/such/folder")
    create_config("broken", ModelName="broken")
    sagemaker.create_endpoint(EndpointName="broken", EndpointConfigName="broken")
    raises(WaiterError, lambda: wait("broken"))
    described = sagemaker.describe_endpoint(EndpointName="broken")
    equal(described["EndpointStatus"], "Failed")
    reason = described["FailureReason"]
    assert "did not pass the ping health check" in reason and "/no/such/folder" in reason, reason
    sagemaker.delete_endpoint(EndpointName="broken")


@check("an inference component is created, invoked, scaled to zero and back, and deleted")
def component():
    create_model("part")
    create_config("parts")
    sagemaker.create_endpoint(EndpointName="parts", EndpointConfigName="parts")
    wait("parts")
    requirements = {"NumberOfAcceleratorDevicesRequired": 1, "MinMemoryRequiredInMb": 1024}
    sagemaker.create_inference_component(
        InferenceComponentName="chat", EndpointName="parts", VariantName="AllTraffic", RuntimeConfig={"CopyCount": 1},
        Specification={"ModelName": "part", "ComputeResourceRequirements": requirements})

    def settled():
        for _ in range(120):
            described = sagemaker.describe_inference_component(InferenceComponentName="chat")
            if described["InferenceComponentStatus"] in ("InService", "Failed"):
                return described["InferenceComponentStatus"], described["RuntimeConfig"]["CurrentCopyCount"]
            time.sleep(1)
        raise AssertionError(described)

    def scale(copies):
        sagemaker.update_inference_component_runtime_config(
            InferenceComponentName="chat", DesiredRuntimeConfig={"CopyCount": copies})
        equal(settled(), ("InService", copies))

    equal(settled(), ("InService", 1))
    assert text("parts", InferenceComponentName="chat")
    scale(0)
    error = raises(ClientError, lambda: text("parts", InferenceComponentName="chat"))
    equal(error.response["Error"]["Code"], "ValidationError")
    assert "has no capacity to process this request" in str(error), error
    scale(1)
    assert text("parts", InferenceComponentName="chat")
    raises(ClientError, lambda: sagemaker.delete_endpoint(EndpointName="parts"))
    sagemaker.delete_inference_component(InferenceComponentName="chat")
    # SageMaker deletes the endpoint once the component is gone.
    for _ in range(120):
        if not sagemaker.list_inference_components(EndpointNameEquals="parts")["InferenceComponents"]:
            break
        time.sleep(1)
    sagemaker.delete_endpoint(EndpointName="parts")


@check("what is not there, is there already, or is malformed raises ValidationException that names it")
def refusals():
    cases = {
        "nowhere": lambda: sagemaker.describe_endpoint(EndpointName="nowhere"),
        "no-model": lambda: create_config("c", ModelName="no-model"),
        "PrimaryContainer": lambda: sagemaker.create_model(ModelName="empty", ExecutionRoleArn=ROLE),
        "InstanceType": lambda: create_config("c", InstanceType="g5"),
        "demo": lambda: sagemaker.create_endpoint(EndpointName="demo", EndpointConfigName="parts"),
    }
    for named, call in cases.items():
        error = raises(ClientError, call)
        equal(error.response["Error"]["Code"], "ValidationException")
        assert named in str(error), error


run(check)
