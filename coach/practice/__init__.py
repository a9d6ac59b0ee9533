"""Work that people look at: a mail that is written, a call that is recorded, and what a coach says to it. A task
belongs to a skill. One piece of work is open at a time for a person and a task: kept as a draft on the server by a
button, handed in once, never changed after that, and open until somebody has scored it (or two weeks have passed).
Coaches and the direct manager score it on the skill's rubric, each blind to the others (`rubrics`), and may pin
remarks to a second of the recording; the person answers, which closes the talk about it. Nobody scores their own work.
"""
