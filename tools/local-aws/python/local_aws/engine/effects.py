"""What was accepted and stored but has no effect here: per resource, the properties that nothing in the emulator reads.

A property that its handler never reads cannot have an effect. The reverse does not hold: a property that is read may
still only be stored (see the README for what is real).
"""

import json
import os
from pathlib import Path
from typing import Any

# Types of which the emulator keeps a record and does nothing else, and what a user should not conclude from it.
RECORDED_ONLY = {
    "AWS::ApplicationAutoScaling::ScalableTarget": "nothing scales",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "nothing scales",
    "AWS::CertificateManager::Certificate": "issued at once; nothing was validated",
    "AWS::EC2::FlowLog": "there is no traffic to log",
    "AWS::EC2::NatGateway": "there is no network behind it",
    "AWS::ECS::Service": "no container runs, whatever runningCount says",
    "AWS::RDS::DBInstance": "no database runs, whatever its status says",
    "AWS::SecretsManager::RotationSchedule": "nothing rotates",
    "AWS::WAFv2::LoggingConfiguration": "nothing is logged",
    "AWS::WAFv2::WebACLAssociation": "no request is inspected",
}


class Watched(dict):
    """A resource's properties that remember which of them were read."""

    def __init__(self, props: dict):
        super().__init__(props)
        self.read: set[str] = set()

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(key)
        return super().get(key, default)

    def __iter__(self):
        # Iterating hands out everything; defining it also makes `dict(watched)` come through here.
        self.read.update(super().keys())
        return super().__iter__()

    def items(self):
        self.read.update(super().keys())
        return super().items()

    def values(self):
        self.read.update(super().keys())
        return super().values()

    def unread(self) -> list[str]:
        """The names of the properties that were never read, sorted."""
        return sorted(set(super().keys()) - self.read)


class Ledger:
    """The list, kept per stack and logical id, and written to a file after every change."""

    def __init__(self, path: Path):
        self.path = path
        self.resources: dict[str, dict[str, Any]] = {}
        if path.exists():
            entries = json.loads(path.read_text())["resources"]
            self.resources = {_key(entry["stack"], entry["logicalId"]): entry for entry in entries}

    def record(self, stack: str, logical_id: str, resource_type: str, properties: list[str]) -> None:
        """Set what is without effect in a resource after it was created or updated."""
        reason = RECORDED_ONLY.get(resource_type)
        if not properties and not reason:
            self.forget(stack, logical_id)
            return
        entry = {"stack": stack, "logicalId": logical_id, "type": resource_type, "properties": properties}
        self.resources[_key(stack, logical_id)] = {**entry, "recordedOnly": reason} if reason else entry
        self._write()

    def properties(self, stack: str, logical_id: str) -> list[str]:
        """The properties of a resource that are known to be without effect."""
        return self.resources.get(_key(stack, logical_id), {}).get("properties", [])

    def forget(self, stack: str, logical_id: str) -> None:
        """Remove a resource that was deleted."""
        if self.resources.pop(_key(stack, logical_id), None):
            self._write()

    def _write(self) -> None:
        content = {"resources": [self.resources[key] for key in sorted(self.resources)]}
        unfinished = self.path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(content, indent=2) + "\n")
        os.replace(unfinished, self.path)


def _key(stack: str, logical_id: str) -> str:
    return f"{stack}/{logical_id}"
