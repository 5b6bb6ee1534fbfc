"""The redactor renders what may be printed."""
