"""Who may do what: the identity of the reader, the relations it holds, and the policy on one page."""
