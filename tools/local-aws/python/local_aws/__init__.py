"""What MiniStack lacks for this project's stacks: resource types, engine corrections, and honesty about both."""
