package query

// Field is what a term looks at.
type Field string

// The fields, by the words that name them.
const (
	Any       Field = "" // name, username, company, phone, city, note or tag
	Name      Field = "name"
	Username  Field = "username"
	Company   Field = "company"
	Phone     Field = "phone"
	City      Field = "city"
	Country   Field = "country"
	Language  Field = "language"
	Note      Field = "note"
	Tag       Field = "tag"
	Status    Field = "status"
	Created   Field = "created"
	Activated Field = "activated"
	Login     Field = "login"
	Is        Field = "is"
)

// Fields lists the field words, the most used first.
func Fields() []Field {
	return []Field{Status, Company, Tag, Created, Name, Username, City, Country, Phone, Note, Language, Activated, Login, Is}
}

// finds says what a field word finds, in words.
func (f Field) finds() string {
	return map[Field]string{
		Name: "in the name", Username: "in the username", Company: "in the company", Phone: "in the phone number",
		City: "in the city", Country: "by country", Language: "by the language of the mails", Note: "in the notes",
		Tag: "in the tags", Status: "by status", Created: "by the day the account was made",
		Activated: "by the day of activation", Login: "by the day of the last login", Is: "changes that wait or came back",
	}[f]
}

// aliases are other words for fields, which people try.
func aliases() map[string]Field {
	return map[string]Field{
		"email": Username, "e-mail": Username, "mail": Username, "user": Username, "notes": Note, "tags": Tag,
		"lang": Language, "tel": Phone, "telephone": Phone, "added": Created, "made": Created,
	}
}
