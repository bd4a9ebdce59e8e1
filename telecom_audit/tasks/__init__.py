"""What a user asks for, start to finish: the only place where the rooms meet."""
