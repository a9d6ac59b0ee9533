"""Pictures, sound, video and PDF that people upload: what a file is by its first bytes, kept in the database in
pieces. The bytes are rows, not files. So a web process keeps nothing of its own and any of them can answer; one backup
and one restore hold everything; a file and the row that points at it are kept or lost together; and both engines
behave alike. The price is a database that grows by what is uploaded, hence the limits. A file belongs to the record
that points at its row (a foreign key to `media.id`): who may read the record may read the file, and the record's own
route serves it with `serving.answer`. What nothing points at is removed on the second night.
"""
