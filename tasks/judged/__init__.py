"""What was judged before: the verdicts and events of a delivery that nothing has changed under are not made again."""
