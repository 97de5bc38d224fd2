package pages

// Patterns lists what the pages serve.
func Patterns() []string { return (&site{}).routes().Patterns() }

// StylePath is where the style sheet is served.
func StylePath() (string, error) {
	a, err := loadAssets()
	return a.style, err
}
