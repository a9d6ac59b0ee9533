"""Didim: sales training and coaching, where what was seen leads to the next lesson.

The loop is the layout. People have a job role; a role needs skills at a level; training teaches skills; checks,
coaching logs and results leave evidence; evidence gives an estimate with a range; an estimate clearly below the
role's target is a finding; a finding proposes lessons; a person assigns them; the lesson done, the skill is looked at
again. Packages are domain nouns in that order and import only downward. From the top:

    app                                   composition root: create_app()
    cli                                   flask commands
    models                                every model, gathered for migrations
    demo | wiring                         the demo department | which event causes what, scheduled jobs
    home | integrations                   landing page, search | other programs' formats, one folder each
    publishing | operations               files and drafts -> database | health, audit
    notifications | reports               what to tell whom | pages that compare people and teams
    assignments                           work given, with a due date; its state is derived
    findings | certificates               clearly below target, with evidence, contest, resolution | what was earned
    assessments | coaching | drills       the producers of evidence, and recall; they do not know each other
    practice | scenarios                  beside them: recorded and written work | conversations that branch
    rubrics                               wordings of rubrics, blind scoring, remarks pinned to a second
    advice                                the lessons that close a gap
    evidence                              append-only observations of a skill; the current estimate
    training                              modules, lessons and their parts, paths, progress
    items                                 question bank, marking
    accounts | media                      sign-in, sessions, one-time links | uploaded files, their bytes and ranges
    people                                persons, teams, reporting lines, coach pairings, what one may see
    skills                                job roles, skills, levels, targets
    web                                   Flask glue: guard, errors, forms, templating
    activity | jobs                       append-only events and audit | outbox and background work
    db                                    session, unit of work, base model; beside it engine.py and columns.py
    access | charts | content | measurement   pure: no flask, no sqlalchemy
    clock | errors | ports | words
"""
