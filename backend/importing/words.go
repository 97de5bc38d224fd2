package importing

// The fields that a column can go to, beside those of a customer.
const (
	fieldName   = "name"             // first and last name in one
	fieldPrefix = "last_name_prefix" // of a Dutch last name: "van der"
)

// headers are what columns are called, by field, in English, Dutch, German,
// French, Spanish and Italian, as fold leaves them.
var headers = map[string][]string{
	"username": {"username", "user", "login", "email", "emailaddress", "mail", "mailaddress", "emailadres", "mailadres",
		"gebruikersnaam", "benutzername", "benutzer", "emailadresse", "mailadresse", "nomdutilisateur", "utilisateur",
		"adresseemail", "adressemail", "adressedemail", "courriel", "adresseelectronique", "usuario", "nombredeusuario",
		"correo", "correoelectronico", "direcciondecorreo", "direcciondecorreoelectronico", "emailcliente", "customeremail",
		"emailclient", "nomeutente", "indirizzoemail", "postaelettronica", "account"},
	"first_name": {"firstname", "first", "givenname", "forename", "voornaam", "roepnaam", "vorname", "prenom", "nombre",
		"nombredepila", "nome", "contactfirstname"},
	fieldPrefix: {"tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "namenszusatz", "lastnameprefix", "infix"},
	"last_name": {"lastname", "last", "surname", "familyname", "achternaam", "familienaam", "nachname", "familienname", "zuname",
		"nomdefamille", "apellido", "apellidos", "cognome", "contactlastname"},
	fieldName: {"name", "fullname", "contact", "contactname", "contactperson", "customername", "customer", "naam", "volledigenaam",
		"contactpersoon", "klant", "klantnaam", "vollstandigername", "ansprechpartner", "ansprechperson", "kontakt", "kunde",
		"kundenname", "nom", "nomcomplet", "nometprenom", "prenometnom", "client", "nombrecompleto", "nombreyapellidos", "cliente",
		"contacto", "nomecompleto"},
	"company": {"company", "companyname", "organisation", "organization", "business", "businessname", "firm", "merchant", "shop",
		"bedrijf", "bedrijfsnaam", "organisatie", "firma", "firmenname", "unternehmen", "betrieb", "gesellschaft", "entreprise",
		"societe", "raisonsociale", "nomdelentreprise", "nomdelasociete", "empresa", "compania", "razonsocial", "nombredelaempresa",
		"azienda", "ragionesociale", "winkel"},
	"phone": {"phone", "phonenumber", "telephone", "telephonenumber", "tel", "mobile", "mobilephone", "mobilenumber", "cell",
		"telefoon", "telefoonnummer", "mobiel", "mobielnummer", "telefon", "telefonnummer", "mobil", "mobiltelefon", "handy",
		"rufnummer", "numerodetelephone", "portable", "telefono", "numerodetelefono", "movil", "cellulare"},
	"website": {"website", "web", "url", "webaddress", "homepage", "site", "webadres", "webseite", "internetseite", "internet",
		"siteweb", "siteinternet", "sitioweb", "paginaweb", "sitoweb", "webshop"},
	//nolint:misspell // adres is Dutch
	"street": {"street", "streetaddress", "address", "address1", "addressline1", "address2", "addressline2", "housenumber", "straat",
		"straatnaam", "adres", "adresregel1", "huisnummer", "huisnr", "toevoeging", "strasse", "strasseundhausnummer", "strassenr", "anschrift",
		"adresse", "hausnummer", "hausnr", "rue", "adressepostale", "numeroderue", "calle", "direccion", "domicilio", "indirizzo", "via"},
	"postal_code": {"postalcode", "postcode", "zip", "zipcode", "zippostalcode", "plz", "postleitzahl", "codepostal", "cp",
		"codigopostal", "cap"},
	"city": {"city", "town", "place", "locality", "plaats", "woonplaats", "plaatsnaam", "stad", "ort", "stadt", "wohnort",
		"ville", "localite", "commune", "ciudad", "poblacion", "localidad", "citta"},
	"country": {"country", "countrycode", "countryregion", "land", "landcode", "landen", "landkurzel", "pays", "codepays", "pais",
		"codigopais", "paese", "nation"},
	"language": {"language", "lang", "locale", "taal", "sprache", "langue", "idioma", "lingua", "lengua"},
	"status":   {"status", "state", "accountstatus", "zustand", "statut", "etat", "estado", "stato"},
	"lock_reason": {"lockreason", "reasonforlock", "redenvanvergrendeling", "redenblokkering", "sperrgrund", "raisondublocage",
		"motivodelbloqueo"},
	"notes": {"notes", "note", "remarks", "remark", "comments", "comment", "memo", "description", "notities", "notitie", "opmerkingen",
		"opmerking", "notizen", "notiz", "bemerkung", "bemerkungen", "anmerkungen", "kommentar", "remarques", "remarque",
		"commentaires", "commentaire", "notas", "nota", "observaciones", "comentarios", "commenti"},
	"tags": {"tags", "tag", "labels", "label", "groups", "group", "categories", "category", "groepen", "groep", "categorie",
		"schlagworte", "schlagworter", "gruppen", "gruppe", "kategorie", "etiquettes", "etiquette", "groupes", "groupe", "etiquetas",
		"etiqueta", "grupo", "categoria"},
}

// The notes on columns that are known and go nowhere.
const (
	noteFact     = "The Back Office keeps this itself; it can't be imported."
	notePassword = "Passwords are never imported. Customers choose their own." // #nosec G101: no password
	noteProblem  = "This is why the row was not imported before."
)

// ProblemHeader is the column of a file of failed rows that says why.
const ProblemHeader = "Import problem"

// ignored are the headers of columns that are never imported, and why.
var ignored = map[string]string{
	"created": noteFact, "createdat": noteFact, "createdon": noteFact, "datecreated": noteFact, "aangemaakt": noteFact,
	"aangemaaktop": noteFact, "erstellt": noteFact, "erstelltam": noteFact, "angelegtam": noteFact, "creele": noteFact, "datedecreation": noteFact,
	"creado": noteFact, "fechadecreacion": noteFact, "activated": noteFact, "activatedat": noteFact, "activatedon": noteFact,
	"geactiveerdop": noteFact, "aktiviertam": noteFact, "lastlogin": noteFact, "lastloginat": noteFact, "laatsteinlog": noteFact,
	"laatstelogin": noteFact, "letzteanmeldung": noteFact, "letzterlogin": noteFact, "derniereconnexion": noteFact, "ultimoacceso": noteFact,
	"mail state": noteFact, "mailstate": noteFact, "revision": noteFact, "id": noteFact, "customerid": noteFact,
	"password": notePassword, "passwordhash": notePassword, "wachtwoord": notePassword, "passwort": notePassword, "kennwort": notePassword,
	"motdepasse": notePassword, "contrasena": notePassword, "clave": notePassword,
	"importproblem": noteProblem,
}

// statusWords are what statuses are called, as fold leaves them.
var statusWords = map[string][]string{
	"pending_activate": {"pendingactivate", "pending", "pendingactivation", "new", "invited", "notactivated", "inafwachting",
		"wachtopactivering", "wachtopactivatie", "nietgeactiveerd", "nieuw", "uitgenodigd", "ausstehend", "aktivierungausstehend",
		"nichtaktiviert", "neu", "eingeladen", "enattente", "enattentedactivation", "nonactive", "invite", "pendiente",
		"pendientedeactivacion", "noactivado", "inattesa"},
	"activated": {"activated", "active", "enabled", "actief", "geactiveerd", "ingeschakeld", "aktiv", "aktiviert", "freigeschaltet",
		"actif", "activee", "activo", "activado", "attivo"},
	"locked": {"locked", "blocked", "inactive", "disabled", "deactivated", "suspended", "geblokkeerd", "vergrendeld", "inactief",
		"gedeactiveerd", "uitgeschakeld", "gesperrt", "inaktiv", "deaktiviert", "bloque", "verrouille", "inactif", "desactive",
		"bloqueado", "inactivo", "desactivado", "bloccato"},
}

// languageWords are what the languages of the mails are called, as fold leaves them.
var languageWords = map[string][]string{
	"en": {"en", "eng", "english", "engels", "englisch", "anglais", "ingles", "inglese"},
	"nl": {"nl", "nld", "dut", "dutch", "nederlands", "niederlandisch", "neerlandais", "hollandais", "holandes", "neerlandes", "vlaams"},
	"de": {"de", "deu", "ger", "german", "duits", "deutsch", "allemand", "aleman", "tedesco"},
}

// countryWords are names of countries beside the proper ones, as fold leaves them.
var countryWords = map[string]string{
	"holland": "NL", "thenetherlands": "NL", "uk": "GB", "england": "GB", "engeland": "GB", "greatbritain": "GB", "grootbrittannie": "GB",
	"grossbritannien": "GB", "angleterre": "GB", "inglaterra": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB", "vk": "GB",
	"us": "US", "usa": "US", "unitedstatesofamerica": "US", "america": "US", "amerika": "US", "vs": "US", "eeuu": "US",
	"verenigdestatenvanamerika": "US", "brd": "DE", "czechia": "CZ", "czechrepublic": "CZ", "tsjechie": "CZ", "tschechien": "CZ",
	"turkey": "TR", "turkiye": "TR", "turkei": "TR", "macedonia": "MK", "northmacedonia": "MK", "swaziland": "SZ",
	"southkorea": "KR", "northkorea": "KP", "russia": "RU", "rusland": "RU", "russland": "RU", "ivorycoast": "CI", "vatican": "VA",
}
