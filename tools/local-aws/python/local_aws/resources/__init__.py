"""Resource types that MiniStack lacks or carries incompletely; importing a module registers its types."""

from . import (
    application_autoscaling,
    cloudwatch,
    ec2,
    ec2_rules,
    ecs,
    ecs_service,
    iam,
    s3,
    secretsmanager,
    wafv2,
)  # noqa: F401
