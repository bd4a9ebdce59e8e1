"""One module a command, named like it ("end-account" is end_account, "import" is import_)."""
