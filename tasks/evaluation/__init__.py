"""What JobFirst did for hours in ordinary work: a frozen plan, estimates, and tables that may leave the house."""
