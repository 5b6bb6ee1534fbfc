"""The types of the page's JavaScript are checked, as far as its comments name them. Nothing of this is shipped."""
