"""The window: pages, tables and dialogs over the core, which knows no Qt."""
