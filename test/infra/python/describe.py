"""Prints as JSON what an account holds of one stack, asked of each service rather than of CloudFormation.

Usage: describe.py STACK ENDPOINT. What a service doesn't know is null, and what it can't tell an error text.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError


def attempt(call, **arguments):
    try:
        answer = call(**arguments)
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    answer.pop("ResponseMetadata", None)
    return answer


def models(sagemaker, stack):
    names = [model["ModelName"] for model in sagemaker.list_models()["Models"]]
    return [attempt(sagemaker.describe_model, ModelName=name) for name in names if name.startswith(stack)]


def configs(sagemaker, stack):
    names = [config["EndpointConfigName"] for config in sagemaker.list_endpoint_configs()["EndpointConfigs"]]
    return [
        attempt(sagemaker.describe_endpoint_config, EndpointConfigName=name)
        for name in names
        if name.startswith(stack)
    ]


def endpoints(sagemaker, stack):
    """moto calls an endpoint after its stack, whatever EndpointName says."""
    names = [endpoint["EndpointName"] for endpoint in sagemaker.list_endpoints()["Endpoints"]]
    return [attempt(sagemaker.describe_endpoint, EndpointName=name) for name in names if name.startswith(stack)]


def roles(iam, stack):
    found = [role for role in iam.list_roles()["Roles"] if role["RoleName"].startswith(stack)]
    return [
        {
            "trust": role["AssumeRolePolicyDocument"],
            "policies": [
                iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
                for name in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
            ],
        }
        for role in found
    ]


def main(stack, endpoint):
    sagemaker, logs, scaling = (boto3.client(name) for name in ("sagemaker", "logs", "application-autoscaling"))
    cloudwatch = boto3.client("cloudwatch")
    groups = [
        group
        for group in logs.describe_log_groups(logGroupNamePrefix="/aws/sagemaker/")["logGroups"]
        if group["logGroupName"].endswith(f"/{endpoint}")
    ]
    filters = [
        attempt(logs.describe_metric_filters, logGroupName=group["logGroupName"]).get("metricFilters", [])
        for group in groups
    ]
    alarms = cloudwatch.describe_alarms(AlarmNamePrefix=f"{endpoint}-")["MetricAlarms"]
    stacks = attempt(boto3.client("cloudformation").describe_stacks, StackName=stack)
    return {
        "stack": stacks.get("Stacks", [None])[0],
        "AWS::IAM::Role": roles(boto3.client("iam"), stack),
        "AWS::SageMaker::Model": models(sagemaker, stack),
        "AWS::SageMaker::EndpointConfig": configs(sagemaker, stack),
        "AWS::SageMaker::Endpoint": endpoints(sagemaker, stack),
        "AWS::Logs::LogGroup": groups,
        "AWS::Logs::MetricFilter": sum(filters, []),
        "AWS::CloudWatch::Alarm": [alarm["AlarmName"] for alarm in alarms],
        "AWS::CloudWatch::Dashboard": [
            entry["DashboardName"]
            for entry in cloudwatch.list_dashboards()["DashboardEntries"]
            if entry["DashboardName"] == f"parlance-{endpoint}"
        ],
        "AWS::ApplicationAutoScaling::ScalableTarget": [
            target["ResourceId"]
            for target in scaling.describe_scalable_targets(ServiceNamespace="sagemaker")["ScalableTargets"]
        ],
        "AWS::ApplicationAutoScaling::ScalingPolicy": [
            policy["PolicyName"]
            for policy in scaling.describe_scaling_policies(ServiceNamespace="sagemaker")["ScalingPolicies"]
        ],
    }


print(json.dumps(main(*sys.argv[1:]), default=str))
