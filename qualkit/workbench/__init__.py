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

    def rename_group(desk: Desk, ask: Ask) -> Answer:
        with visits.change(desk, ask, "condense", ask.path["id"], [desk.study().root / studies.CONDENSATES]) as study:
            ...the study's own function, which tells the trail...
        return {"groups": …, **visits.state(visits.visit_of(desk, ask))}

Functions that lock or record by themselves (`recoding.carry_through`) are called inside `visits.held` and
`visits.remembered` instead. ``paths`` are all files that may change; a file outside the list is not taken back.

**How a view is added.** Nothing that stands needs to be touched but three lists.

1. A resource: a module here with `ROUTES`, a tuple of (method, path, function); its name goes into
   `serving.RESOURCES`. Paths begin with ``/api/``; a part in braces is one path segment and reaches the function as
   `ask.path["id"]`. `ask.text("name")`, `ask.number("start")`, `ask.texts("codes")` read the body and refuse what is of
   another kind. New failures get their status in `answers.STATUS` (422 else).
2. A view: a module in ``static/views/`` that exports ``view``, an object with ``title(parts)`` and
   ``open(page, parts, current)``; ``views/index.js`` has the types, and one line there gives it its address
   (``#/themes``) and, with ``nav``, its place in the navigation. ``open`` fills ``page.main`` and returns
   ``{keys, refresh, close}``: its keys (`keys.js`; they stand on the ``?`` sheet by themselves), what to do after an
   undo, and how to stop timers and listeners. ``views/overview.js`` is the smallest one to copy.
3. Its words in ``static/words/nb.js``, ``nn.js`` and ``en.js``: a test compares the keys. Undo says
   ``step.WHAT`` for the ``what`` of `visits.change`.
4. Its style in a file of its own under ``static/``, linked from ``index.html``: the policy allows no inline style
   and no inline script. What depends on data is set through the style object: ``el("div", {style: {"--colour": c}})``.

What the page offers a view: ``page.api`` (``get``, ``post``, ``patch``, ``remove``; `at` of ``api.js`` escapes names in
paths), ``page.study`` (the last answer of ``/api/study``), ``page.saving()`` and ``page.saved()`` around every change,
``page.fail(error)`` for what was refused, ``page.say(text)`` for screen readers, ``page.tell(message, hint)`` for a
note on the page, ``page.watch(parts, changed)`` for files that change underneath, ``page.steps(answer)`` for the undo
buttons, ``page.tools(node)`` for a view's own tools in the header, ``page.go("#/read/K1")``. Text of a transcript is
only ever text: elements are made with ``el()`` of ``dom.js``, which knows no HTML, and the policy makes ``innerHTML``
fail. ``reading/palette.js`` chooses codes anywhere; ``reading/sheet.js`` and ``reading/marks.js`` show any transcript.

Offsets: the study counts code points, the browser UTF-16 units; ``static/offsets.js`` is the only place that converts.
"""
