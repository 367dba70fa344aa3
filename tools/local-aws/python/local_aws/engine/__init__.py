"""Corrections to MiniStack's CloudFormation engine, and what it is watched for."""
