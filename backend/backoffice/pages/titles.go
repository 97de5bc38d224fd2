package pages

import "partnerdesk/backend/customer"

// fieldTitle is a field's name as the profile shows it.
func fieldTitle(name string) string {
	titles := map[string]string{
		"username": "Username", "first_name": "First name", "last_name": "Last name", "company": "Company",
		"phone": "Phone", "website": "Website", "street": "Street", "postal_code": "Postal code", "city": "City",
		"country": "Country", "language": "Language", "status": "Status",
	}
	if title, ok := titles[name]; ok {
		return title
	}
	return name
}

// valueTitle is a field's value in words: a country's name for its code.
func (s *site) valueTitle(name, value string) string {
	switch name {
	case "status":
		return customer.Status(value).Title()
	case "country":
		return titleOf(s.countries[1:], value)
	case "language":
		return titleOf(languages(), value)
	}
	return value
}

func languages() []choice {
	return []choice{{"en", "English"}, {"nl", "Dutch"}, {"de", "German"}}
}

// titleOf is the title of the choice with this value, or the value itself.
func titleOf(choices []choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Title
		}
	}
	return value
}
