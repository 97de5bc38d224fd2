package pages

import (
	"net/http"

	"partnerdesk/backend/customer"
)

type profilePage struct {
	frame
	Action, CSRF string
	Bases        []base // what the fields are when the form is rendered
	Notice       string
	Wrong        int // how many fields need another look
	Username     field
	Person       []*field
	Contact      []*field
	Address      []*field
	Language     field
}

// profileField names a field of the form and where its value is.
type profileField struct {
	field
	of func(*customer.Fields) **string
	is func(*customer.Customer) *string
}

func (s *site) profileFields() []profileField {
	return []profileField{
		{field{Name: "first_name", Label: "First name", Type: "text", Autocomplete: "given-name", Required: true, Max: customer.MaxName},
			func(f *customer.Fields) **string { return &f.FirstName }, func(c *customer.Customer) *string { return &c.FirstName }},
		{field{Name: "last_name", Label: "Last name", Type: "text", Autocomplete: "family-name", Required: true, Max: customer.MaxName},
			func(f *customer.Fields) **string { return &f.LastName }, func(c *customer.Customer) *string { return &c.LastName }},
		{field{Name: "company", Label: "Company", Type: "text", Autocomplete: "organization", Required: true, Max: customer.MaxName},
			func(f *customer.Fields) **string { return &f.Company }, func(c *customer.Customer) *string { return &c.Company }},
		{field{Name: "phone", Label: "Phone", Type: "tel", Autocomplete: "tel", Max: customer.MaxPhone},
			func(f *customer.Fields) **string { return &f.Phone }, func(c *customer.Customer) *string { return &c.Phone }},
		{field{Name: "website", Label: "Website", Type: "text", Autocomplete: "url", Max: customer.MaxWebsite},
			func(f *customer.Fields) **string { return &f.Website }, func(c *customer.Customer) *string { return &c.Website }},
		{field{Name: "street", Label: "Street", Type: "text", Autocomplete: "street-address", Max: customer.MaxStreet},
			func(f *customer.Fields) **string { return &f.Street }, func(c *customer.Customer) *string { return &c.Street }},
		{field{Name: "postal_code", Label: "Postal code", Type: "text", Autocomplete: "postal-code", Max: customer.MaxPostal},
			func(f *customer.Fields) **string { return &f.PostalCode }, func(c *customer.Customer) *string { return &c.PostalCode }},
		{field{Name: "city", Label: "City", Type: "text", Autocomplete: "address-level2", Max: customer.MaxName},
			func(f *customer.Fields) **string { return &f.City }, func(c *customer.Customer) *string { return &c.City }},
		{field{Name: "country", Label: "Country", Type: "select", Autocomplete: "country", Choices: s.countries},
			func(f *customer.Fields) **string { return &f.Country }, func(c *customer.Customer) *string { return &c.Country }},
		{field{Name: "language", Label: "Language", Type: "select", Choices: languages(), Hint: "The language of the mails you get."},
			func(f *customer.Fields) **string { return &f.Language }, func(c *customer.Customer) *string { return &c.Language }},
	}
}

// profilePage shows the form with the values of shown, which were typed on top
// of those of from.
func (s *site) profilePage(v visitor, shown, from customer.Customer, wrong map[string]string) profilePage {
	p := profilePage{frame: s.accountFrame(v, "Profile", "profile"), Action: v.path("profile"), CSRF: v.csrf,
		Username: field{Name: "username", Label: "Username", Type: "email", Value: v.Customer.Username, ReadOnly: true,
			Hint: "Your username can’t be changed here. Ask " + v.Partner.Name + " to change it."}}
	all := []*field{}
	for _, pf := range s.profileFields() {
		f := pf.field
		f.Value, f.Error = *pf.is(&shown), wrong[f.Name]
		if f.Error != "" {
			p.Wrong++
		}
		all = append(all, &f)
		p.Bases = append(p.Bases, base{Name: basePrefix + f.Name, Value: *pf.is(&from)})
	}
	if p.Wrong > 0 {
		focusFirst(all...)
	}
	p.Person, p.Contact, p.Address, p.Language = all[0:3], all[3:5], all[5:9], *all[9]
	return p
}

func (s *site) showProfile(w http.ResponseWriter, r *http.Request, v visitor) error {
	p := s.profilePage(v, v.Customer, v.Customer, nil)
	if s.takeFlash(w, r, accountPath(v.Customer.ID)).Notice == noticeSaved {
		p.Notice = "Your changes are saved."
	}
	return s.render(w, http.StatusOK, "profile.html", p)
}
