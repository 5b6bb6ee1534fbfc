"""The workbench: reading, coding and writing in a page on this machine alone.

`qualkit workbench` serves it. The page and the shell stand on the same floor: every change goes through the plain
functions of the study (`marking`, `reviewing`, `recoding`, `undoing` …), and nothing is kept in the page that is not
in the study's files.

**How a request travels.** `guarding.Guard` lets it in (host, origin, cookie, size). `serving` finds the resource that
answers the path. `answers.Ask` is what the resource is given: the path's parts, the query, the JSON body, who the
coder is, and which visit (browser tab) asks. What it returns is sent as JSON; what it raises becomes a status and a
message in words (`answers.STATUS`). A resource never sees the web framework.

**How something is changed.** Inside `visits.change(desk, ask, "what", "about", paths)`: the study is locked, the
change is recorded for `qualkit undo`, and the tab can take it back and make it again without limit.

    def rename_theme(desk: Desk, ask: Ask) -> Answer:
        study = desk.study()
        with visits.change(desk, ask, "theme", ask.path["id"], [studies.themes_path(study)]):
            ...the study's own function...
        return {"theme": …}

**How a view is added.**

1. A resource: a module here with `ROUTES`, a tuple of (method, path, function); its name goes into
   `serving.RESOURCES`. Paths begin with ``/api/``; a part in braces is one path segment and reaches the function
   as `ask.path["id"]`. `ask.text("name")`, `ask.number("start")`, `ask.texts("codes")` read the body and refuse what is
   of another kind.
2. A view: a module in ``static/views/`` that exports ``view``, an object with ``title``, ``keys`` and
   ``open(page, parts)`` (see ``static/views/index.js`` for the types); one line in ``static/views/index.js`` gives it
   its address (``#/themes``) and, if it has one, its place in the navigation.
3. Its words in ``static/words/`` in all three languages: the test compares the keys.
4. Its style in a file of its own under ``static/``, linked from ``index.html``: the page's policy allows no inline
   style and no inline script. Colours of codes are set through the style object, ``element.style.setProperty``.

What the page offers a view (``page`` in ``open``): ``page.main`` (the element to fill), ``page.api`` (``get``,
``post``, ``patch``, ``remove``; errors are shown by the shell), ``page.study`` (the last answer of ``/api/study``),
``page.saved()`` (says “Saved 14:02”), ``page.say(text)`` (spoken by screen readers), ``page.fresh(asks, handler)``
(called when files changed underneath), ``page.undo()`` and ``page.redo()`` (the shell binds the keys). Text of a
transcript is only ever text: elements are made with ``el()`` of ``dom.js``, which knows no HTML; the policy
(`require-trusted-types-for`) makes ``innerHTML`` fail.

Offsets: the study counts code points, the browser UTF-16 units; ``static/offsets.js`` is the only place that converts.
"""
