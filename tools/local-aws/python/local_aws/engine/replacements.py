"""Which properties replace a resource, for types of which MiniStack does not know it.

By its change sets any change of such a type may replace the resource: a deploy that protects what holds data would refuse a
bucket's new lifecycle rule. The properties are those of which AWS's resource reference says "Update requires: Replacement".
"""

from .. import hooks

provisioners = hooks.borrow("ministack.services.cloudformation.provisioners", "_REPLACING_PROPERTIES")

REPLACING = {
    "AWS::KMS::Key": (),
    "AWS::Route53::HostedZone": ("Name",),
    "AWS::S3::Bucket": ("BucketName", "BucketNamePrefix", "BucketNamespace", "ObjectLockEnabled"),
}

for resource_type, properties in REPLACING.items():
    if resource_type in provisioners._REPLACING_PROPERTIES:
        hooks.report(f"MiniStack itself now knows which properties replace {resource_type}")
    provisioners._REPLACING_PROPERTIES[resource_type] = properties
