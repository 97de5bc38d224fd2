package pages_test

import (
	"html"
	"regexp"
	"testing"

	"partnerdesk/backend/customer"
)

var baseField = regexp.MustCompile(`<input type="hidden" name="(was_[a-z_]+)" value="([^"]*)">`)

// profileForm is the profile's form as it is on screen, with changes typed in.
func (b *browser) profileForm(shown customer.Customer, typed ...string) []string {
	b.o.t.Helper()
	pairs := []string{"csrf", b.csrf()}
	found := baseField.FindAllStringSubmatch(b.body, -1)
	if len(found) != 10 {
		b.o.t.Fatalf("%d base values on %s", len(found), b.url)
	}
	for _, f := range found {
		pairs = append(pairs, f[1], html.UnescapeString(f[2]))
	}
	pairs = append(pairs, "first_name", shown.FirstName, "last_name", shown.LastName, "company", shown.Company,
		"phone", shown.Phone, "website", shown.Website, "street", "", "postal_code", "", "city", shown.City,
		"country", shown.Country, "language", shown.Language)
	return append(pairs, typed...)
}

// TestProfileOpenForLong saves a form that is older than what the account has.
func TestProfileOpenForLong(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b, other := o.browser().logIn(c), o.browser().logIn(c)
	path := "/c/" + c.ID + "/profile"
	csrf := other.csrf()
	other.post(path, "csrf", csrf, "city", "Gouda", "phone", "111", "country", "NL").want(200, path)

	b.post(path, b.profileForm(c, "first_name", "Anneke")...).
		want(200, path, "Your changes are saved.", `value="Anneke"`, `value="Gouda"`, `value="111"`, `value="NL" selected`)

	c.FirstName, c.City, c.Phone, c.Country = "Anneke", "Gouda", "111", "NL"
	late := b.profileForm(c, "phone", "222", "city", "Delft", "country", "BE", "first_name", "")
	other.post(path, "csrf", csrf, "phone", "333", "city", "Delft", "country", "DE").want(200, path)
	b.post(path, late...).want(422, path, "3 fields need another look", "phone-error", "“333”", `value="222"`, "“Germany”",
		"!city-error", "First name is required.")
	kept, _, _, err := o.store.LoginCredentials(t.Context(), c.Username)
	if err != nil || kept.Phone != "333" || kept.Country != "DE" {
		t.Errorf("saved %+v, %v", kept, err)
	}

	c.City = "Delft"
	b.post(path, b.profileForm(c, "phone", "222", "country", "BE")...).want(200, path, `value="222"`, `value="BE" selected`)
	other.post(path, "csrf", csrf, "phone", "").want(200, path)
	c.Country = "BE"
	b.post(path, b.profileForm(c, "phone", "444")...).want(422, path, "emptied elsewhere", `value="444"`)
}
