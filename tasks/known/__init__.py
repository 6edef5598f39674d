"""What was known when: the contents of the register and the rules, kept each time that they have changed."""
