package importing

import (
	"reflect"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func fieldsFound(columns []Column) string {
	var fields []string
	for _, c := range columns {
		field := c.Field
		if c.Note != "" {
			field = "(note)"
		}
		fields = append(fields, field)
	}
	return strings.Join(fields, " ")
}

func TestColumnsAreMatchedByName(t *testing.T) {
	for header, want := range map[string]string{
		"Email,First name,Last Name,Company,Phone,Website,Street,Postal code,City,Country,Language,Status,Notes,Tags": "username first_name last_name company phone website street postal_code city country language status notes tags",
		"E-mailadres,Voornaam,Tussenvoegsel,Achternaam,Bedrijf,Telefoonnummer,Straat,Huisnummer,Postcode,Plaats,Land": "username first_name last_name_prefix last_name company phone street street postal_code city country",
		"E-Mail-Adresse,Vorname,Nachname,Firma,Telefon,Straße,PLZ,Ort,Land,Sprache,Bemerkungen":                       "username first_name last_name company phone street postal_code city country language notes",
		"E-Mail,Vorname,Name,Firmenname,Postleitzahl,Stadt":                                                           "username first_name last_name company postal_code city",
		"Adresse e-mail,Prénom,Nom de famille,Société,Téléphone,Rue,Code postal,Ville,Pays,Remarques":                 "username first_name last_name company phone street postal_code city country notes",
		"Courriel,Prénom,Nom,Raison sociale":                                                                          "username first_name last_name company",
		"Correo electrónico,Nombre,Apellidos,Empresa,Teléfono,Dirección,Código postal,Ciudad,País":                    "username first_name last_name company phone street postal_code city country",
		"email_address;x":                           "username ",
		"Email,Name,First name,Last name":           "username  first_name last_name",
		"Email,Naam":                                "username name",
		"EMAIL,Password,Created,Laatste login,xyz":  "username (note) (note) (note) ",
		"Email,E-mail,Telefoon,Mobiel":              "username  phone ",
		"Email,Wachtwoord,Import problem,Straat,Nr": "username (note) (note) street ",
	} {
		if strings.Contains(header, ";") {
			header = strings.ReplaceAll(header, ";", ",")
		}
		names := strings.Split(header, ",")
		if got := fieldsFound(match(names, nil, len(names))); got != want {
			t.Errorf("%s\n goes to %s\n    want %s", header, got, want)
		}
		if !hasHeader([][]string{names}) {
			t.Errorf("%s is not taken for a header", header)
		}
	}
}

func TestColumnsAreMatchedByContent(t *testing.T) {
	rows := [][]string{
		{"Jan", "jan@shop.example", "+31 6 1234 5678", "https://shop.example", "1234 AB", "Nederland", "actief", "2026-01-02"},
		{"Eva", "eva@shop.example", "(020) 123-4567", "www.shop.example", "4321XY", "DE", "Gesperrt", "2026-01-03"},
		{"", "", "", "", "", "", "", ""},
	}
	if hasHeader(rows) {
		t.Error("the first customer is taken for a header")
	}
	if got := fieldsFound(match(nil, rows, 8)); got != " username phone website postal_code country status " {
		t.Errorf("found %q", got)
	}
	if got := match([]string{"??", "Contact address"}, rows, 2)[1]; got.Field != "username" || got.Name != "Contact address" {
		t.Errorf("a strange name gave %+v", got)
	}
	if !hasHeader([][]string{{"??", "!!"}, {"x", "jan@shop.example"}}) {
		t.Error("strange names are not taken for a header")
	}
}

func TestNamesAreSplit(t *testing.T) {
	for name, want := range map[string][2]string{
		"Jan Smit":              {"Jan", "Smit"},
		"Jan Peter Smit":        {"Jan Peter", "Smit"},
		"Jan van der Berg":      {"Jan", "van der Berg"},
		"Ludwig von Beethoven":  {"Ludwig", "von Beethoven"},
		"Charles de Gaulle":     {"Charles", "de Gaulle"},
		"Smit, Jan":             {"Jan", "Smit"},
		"Berg, Jan van der":     {"Jan", "van der Berg"},
		"Cher":                  {"Cher", ""},
		"  Ann   Lee ":          {"Ann", "Lee"},
		"":                      {"", ""},
		"García Márquez, Gabri": {"Gabri", "García Márquez"},
	} {
		if first, last := splitName(name); first != want[0] || last != want[1] {
			t.Errorf("%q is %q and %q", name, first, last)
		}
	}
}

func TestWordsOfValues(t *testing.T) {
	for word, want := range map[string]customer.Status{
		"Pending Activate": customer.PendingActivate, "activated": customer.Activated, "LOCKED": customer.Locked, "Actief": customer.Activated,
		"geblokkeerd": customer.Locked, "In afwachting": customer.PendingActivate, "gesperrt": customer.Locked, "aktiv": customer.Activated,
		"En attente": customer.PendingActivate, "activé": customer.Activated, "bloqué": customer.Locked, "Pendiente": customer.PendingActivate, "bloqueado": customer.Locked,
	} {
		if got, known := statusOf(word); got != want || !known {
			t.Errorf("the status %q is %q", word, got)
		}
	}
	for word, want := range map[string]string{
		"NL": "NL", "nld": "NL", "Nederland": "NL", "The Netherlands": "NL", "Niederlande": "NL", "Pays-Bas": "NL", "Países Bajos": "NL", "Holland": "NL",
		"Deutschland": "DE", "Allemagne": "DE", "Alemania": "DE", "Duitsland": "DE", "UK": "GB", "Verenigd Koninkrijk": "GB", "U.S.A.": "US", "Österreich": "AT",
		"Côte d’Ivoire": "CI", "Belgique": "BE", "België": "BE",
	} {
		if got, _ := countryOf(word); got != want {
			t.Errorf("the country %q is %q", word, got)
		}
	}
	for word, want := range map[string]string{"Nederlands": "nl", "nl-BE": "nl", "en_US": "en", "Deutsch": "de", "allemand": "de", "Inglés": "en"} {
		if got, _ := languageOf(word); got != want {
			t.Errorf("the language %q is %q", word, got)
		}
	}
	for _, word := range []string{"maybe", "", "?"} {
		_, status := statusOf(word)
		_, country := countryOf(word)
		if status || country {
			t.Errorf("%q means something", word)
		}
	}
}

func TestFieldsOfARow(t *testing.T) {
	fields := []string{"username", fieldPrefix, "last_name", "street", "street", "phone", "phone", "tags", "", "country"}
	f, wrong := fieldsOf(fields, []string{" a@shop.example ", "van der", "Berg", "Kade", "12", "", "06", "vip, new", "ignored", "Atlantis", "more"})
	if *f.LastName != "van der Berg" || *f.Street != "Kade 12" || *f.Phone != "06" || !reflect.DeepEqual(*f.Tags, []string{"vip", " new"}) {
		t.Errorf("got %v", f.Names())
	}
	if f.City != nil || len(wrong) != 1 || wrong[0].Field != "country" || !strings.Contains(wrong[0].Message, "Atlantis") {
		t.Errorf("wrong is %v", wrong)
	}
}
