"""Drift: comparing what was deployed with what the services hold, for types that MiniStack itself does not compare.

A type is compared only where the emulator keeps what the template says, so that a difference is somebody's doing. Of most
types that means: is it still there? The others stay NOT_CHECKED, as types are on AWS that cannot be compared.
"""

from . import containers, load_balancing, names, reverts, security_groups  # noqa: F401
