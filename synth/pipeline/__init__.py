"""The steps joined: the only place where siblings meet."""
