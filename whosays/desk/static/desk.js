// What the pages of the desk do beside htmx.
