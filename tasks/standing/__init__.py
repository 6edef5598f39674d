"""What stands from the run before: a draft, a letter or an annex that would be the same is not made again."""
