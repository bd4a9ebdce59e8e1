"""`python -m telecom_audit`."""

from telecom_audit.cli import main

main()
