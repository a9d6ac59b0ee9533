"""The framework: five job roles, the skills of the sales process, four visible levels, and each role's targets."""
