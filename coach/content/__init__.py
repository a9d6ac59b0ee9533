"""Content files: what can be learnt, how it is asked, and what good work looks like. A folder of YAML and Markdown in
two languages is read whole (`library.read_library`) into frozen models, or refused with every problem at once, each
with its file and line. Nothing here knows a database or a page: `publishing` and the author's editor both read through
this package, so a file means the same on disk, in the browser and in an export.
"""
