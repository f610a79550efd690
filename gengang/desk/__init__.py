"""The review desk: what the readers will not accept alone, a person settles on a page, with the picture beside it.

How it is built, and how a room is added:

- A *room* is what one entry of the menu opens: today, review, persons. It is a module here with its handlers and a
  tuple of routes; what its pages show is made by pure functions in `views/`, from values to frozen values; templates
  in `pages/` print them and work nothing out. `app.ROOMS` lists the rooms.
- A *handler* takes one `Visit` and gives a response. It reads values, calls the same functions as the commands do
  (`choosing`, `deciding`, `noting`, `settling`, …) and never writes a line of the ledger in a way of its own.
  `routing.read` and `routing.write` say who may; a written form is checked for its token before the handler sees it.
- The *standing* is the season as it was last folded, kept in memory and folded again in the background when the
  ledger has grown. What was settled since then is laid over it. What takes long to work out is a function of the
  standing, asked for by `standing.of(function)`, once for each standing; a room lists those that its first page needs.
- Nothing personal is in an address, a title or a log: a paper is named by its hash, a person by the stable key.
- No file is served but through the ledger: an original by the key of a paper that the ledger holds, and a page number.
"""
