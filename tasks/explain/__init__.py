"""Every krone of a project's year, back to the registrations and the rules that gave it."""
