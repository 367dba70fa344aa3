"""Elastic Load Balancing: the full name of a target group begins with `targetgroup/`, as CloudWatch knows it on AWS.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html
"""

from . import hooks

_PREFIX = "targetgroup/"


def _with_prefix(full_name_of):
    def call(arn):
        name = full_name_of(arn)
        return name if name.startswith(_PREFIX) else f"{_PREFIX}{name}"

    return call


hooks.wrap("ministack.services.alb", "_target_group_full_name_from_arn", _with_prefix)
