"""How a piece of work is scored: against a wording that is kept, each rater by themselves, to the second. A rubric
that is rewritten becomes a new revision, so that a score keeps the words it was given by. Each rater has one scoring
of a piece of work; what others marked or remarked is not in any row that they are given until their own is in. A
scoring is final: to correct it is to write another in its place. Its marks become one piece of evidence, by that
rater; a corrected one takes the old piece out and adds the new. What work it is, and who may score it, the slice above
says.
"""
