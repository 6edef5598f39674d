"""What is handed to others after a release: postings, payments, repayments, and Digital Post."""
