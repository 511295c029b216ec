"""Brings moto to what AWS does: instance types after its list ends, endpoints that CloudFormation makes under the name that
the template gives, outputs of stacks that a change set makes."""

import importlib.util

if importlib.util.find_spec("moto"):
    from moto.cloudformation.models import ChangeSet
    from moto.sagemaker.models import FakeEndpoint, FakeEndpointConfig

    apply = ChangeSet.apply

    def apply_with_outputs(change_set):
        apply(change_set)
        change_set.stack.template = change_set.template
        change_set.stack._parse_template()
        change_set.stack.output_map = change_set.stack._create_output_map()

    ChangeSet.apply = apply_with_outputs
    FakeEndpoint.cloudformation_name_type = staticmethod(lambda: "EndpointName")
    FakeEndpointConfig.validate_instance_type = lambda self, instance_type: None
