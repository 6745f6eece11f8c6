"""What the ground itself keeps."""

from community.policy import PolicyReport

__all__ = ["PolicyReport"]
