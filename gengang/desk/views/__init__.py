"""What pages show, as frozen values: pure functions of a standing, a season or a paper. They know no request."""
