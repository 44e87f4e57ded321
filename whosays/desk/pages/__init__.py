"""The pages, a module each: what is asked of the library, and the template that lays it out."""
