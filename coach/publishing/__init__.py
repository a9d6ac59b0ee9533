"""From files under content/, or from an editor's draft in the browser, to the database. Both ways lead through
`services.publish`: validated whole, idempotent, every revision immutable, every text kept. A draft (`drafts`,
`four_eyes`) lays its files over what is published; `checking` reads only what it changes, `preview` shows it with the
renderer of the published page. The folder never writes over what the browser changed (`brought`).
"""
