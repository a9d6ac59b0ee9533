"""A skill clearly below the role's target, with every piece of evidence, until evidence says otherwise."""
