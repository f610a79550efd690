"""The invented cohort: people, seasons, their papers and how those reach the office, with the truth beside them."""
