"""S3: bucket properties that MiniStack's provisioner does not apply although its S3 can.

They are tags (CDK's bucket-emptying custom resource reads them), lifecycle and object ownership.

Default encryption stays without effect: MiniStack refuses uploads to a bucket with `aws:kms` and no key id, which AWS
accepts and CDK's bootstrap bucket has.
"""

import importlib
from xml.etree.ElementTree import Element, SubElement, tostring

from .. import hooks, registry
from ..service_calls import text_of

PROVISIONERS = "ministack.services.cloudformation.provisioners"
CONFIGURATIONS = "_S3_BUCKET_CONFIGURATIONS"

s3 = hooks.borrow(
    "ministack.services.s3",
    "S3_NS",
    "_delete_bucket_lifecycle",
    "_delete_bucket_ownership_controls",
    "_delete_bucket_tagging",
    "_put_bucket_lifecycle",
    "_put_bucket_ownership_controls",
    "_put_bucket_tagging",
)
provisioners = hooks.borrow(PROVISIONERS, CONFIGURATIONS)


def _add(parent, tag, value):
    """A child element: with the text of a scalar, or with children from a dictionary; nothing for a missing value."""
    if value is None:
        return
    child = SubElement(parent, tag)
    if isinstance(value, dict):
        for name, item in value.items():
            _add(child, name, item)
    else:
        child.text = str(value).lower() if isinstance(value, bool) else str(value)


def _document(tag, children):
    root = Element(tag, xmlns=s3.S3_NS)
    for name, value in children:
        _add(root, name, value)
    return tostring(root, encoding="utf-8")


def _tagging(tags):
    root = Element("Tagging", xmlns=s3.S3_NS)
    tag_set = SubElement(root, "TagSet")
    for tag in tags:
        _add(tag_set, "Tag", {"Key": tag["Key"], "Value": tag.get("Value", "")})
    return tostring(root, encoding="utf-8")


def _lifecycle(configuration):
    return _document("LifecycleConfiguration", [("Rule", _lifecycle_rule(rule)) for rule in configuration["Rules"]])


def _lifecycle_rule(rule):
    noncurrent = rule.get("NoncurrentVersionExpiration") or {}
    abort = rule.get("AbortIncompleteMultipartUpload") or {}
    days = rule.get("ExpirationInDays")
    noncurrent_days = noncurrent.get("NoncurrentDays", rule.get("NoncurrentVersionExpirationInDays"))
    return {
        "ID": rule.get("Id"),
        "Filter": {"Prefix": rule.get("Prefix", "")},
        "Status": rule["Status"],
        "Expiration": {"Days": days} if days is not None else None,
        "NoncurrentVersionExpiration": {"NoncurrentDays": noncurrent_days} if noncurrent_days is not None else None,
        "AbortIncompleteMultipartUpload": abort or None,
    }


def _ownership(configuration):
    return _document("OwnershipControls", [("Rule", rule) for rule in configuration["Rules"]])


def _strict(put):
    """MiniStack ignores the answer of these functions; a refusal has to fail the resource."""
    return lambda name, body: text_of(put(name, body))


setattr(
    importlib.import_module(PROVISIONERS),
    CONFIGURATIONS,
    (
        *(provisioners._S3_BUCKET_CONFIGURATIONS or ()),
        ("Tags", _tagging, _strict(s3._put_bucket_tagging), s3._delete_bucket_tagging),
        ("LifecycleConfiguration", _lifecycle, _strict(s3._put_bucket_lifecycle), s3._delete_bucket_lifecycle),
        (
            "OwnershipControls",
            _ownership,
            _strict(s3._put_bucket_ownership_controls),
            s3._delete_bucket_ownership_controls,
        ),
    ),
)
registry.receive_stack_tags("AWS::S3::Bucket")
