"""The validated inputs: specs and clause files as pydantic models, without any reading or writing."""
