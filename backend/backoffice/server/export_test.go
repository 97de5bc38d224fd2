package server

// Patterns lists what the API serves, whether it is in the document or not.
func Patterns() []string { return (&server{}).routes().Patterns() }
