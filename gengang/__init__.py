"""gengang reads the filled forms of a job-shadowing programme, judges them and writes its papers."""
