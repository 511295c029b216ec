"""Brings moto to what AWS does: instance types after its list ends, endpoints that CloudFormation makes under the name that
the template gives, outputs of stacks that a change set makes."""

try:
    from moto.cloudformation.models import FakeChangeSet
    from moto.cloudformation.parsing import NAME_TYPE_MAP
    from moto.sagemaker.models import FakeEndpointConfig
except ImportError:
    pass
else:
    apply = FakeChangeSet.apply

    def apply_with_outputs(change_set):
        apply(change_set)
        change_set.stack.template_dict = change_set.template_dict
        change_set.stack.output_map = change_set.stack._create_output_map()

    FakeChangeSet.apply = apply_with_outputs
    NAME_TYPE_MAP["AWS::SageMaker::Endpoint"] = "EndpointName"
    FakeEndpointConfig.validate_instance_type = lambda self, instance_type: None
