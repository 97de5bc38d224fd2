package crowd

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// place is a country's stock of names, the frequent ones first.
type place struct {
	country, language string
	weight            int
	phone             string // # is a digit
	first, last       []string
	begins, ends      []string // of further family names; none in some scripts
	cities, streets   []string
	company           []string // {last}, {first}, {city} are filled in
}

func list(s string) []string { return strings.Split(s, "|") }

func places() []place {
	return []place{
		{country: "NL", language: "nl", weight: 26, phone: "+31 6 ########",
			first:   list("Jan|Anna|Daan|Emma|Sanne|Bram|Lotte|Pieter|Femke|Maarten|Iris|Jeroen|Karin|Sjoerd|Willemijn|Gijs|Hanneke|Noor|Renée|Thijs|Anouk|Joost|Marloes|Ruben"),
			last:    list("de Jong|Jansen|de Vries|van den Berg|Bakker|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Dijk|Kuipers|Postma|de Wit|Dekker"),
			begins:  list("Zand|Hout|Bosch|Berg|Wester|Ooster|Noord|Groen|Zwart|Linden|Molen|Steen|Veen|Dijk|Haar|Brouw|Klein|Kool|Water|Schip"),
			ends:    list("stra|sma|kamp|man|huis|dijk|veld|meijer|hof|ers|horst|hoek|laar|mans|broek|brink"),
			cities:  list("Amsterdam|Rotterdam|Utrecht|Eindhoven|Groningen|Haarlem|Leiden|Breda|Zwolle|Deventer|Delft|Arnhem|'s-Hertogenbosch|Alkmaar|Middelburg"),
			streets: list("Dorpsstraat|Kerkstraat|Molenweg|Stationsweg|Oude Gracht"), company: list("Bakkerij {last}|Bloemenhuis {last}|{last} Wonen|Fietsen van {first}|Koffiebranderij {city}|Boekhandel {last}|Kaasboerderij {last}|{first} & Co Mode|Slijterij {city}|{last} Tweewielers|Atelier {first}"),
		},
		{country: "DE", language: "de", weight: 20, phone: "+49 30 ########",
			first:   list("Anna|Lukas|Katrin|Jörg|Claudia|Matthias|Heike|Björn|Frieda|Günter|Sören|Ulrike|Wolfgang|Nele|Anja|Dieter|Jürgen|Käthe"),
			last:    list("Müller|Schmidt|Schneider|Fischer|Weber|Becker|Hoffmann|Schäfer|Krüger|Groß|Jäger|Weiß|Schröder|Vogel|Zimmermann|Köhler|Böhm"),
			begins:  list("Ober|Unter|Stein|Wald|Berg|Hohen|Linden|Reich|Schön|Kirch|Müh|Feld|Grün|Alt|Neu|Rosen|Königs"),
			ends:    list("bach|mann|meier|maier|hauser|berger|hofer|feld|stein|brunner|müller|mayr|bauer|thal|rath"),
			cities:  list("Berlin|Hamburg|München|Köln|Leipzig|Düsseldorf|Nürnberg|Münster|Freiburg|Lübeck|Würzburg|Tübingen"),
			streets: list("Hauptstraße|Gartenweg|Lindenallee|Bahnhofstraße"), company: list("Feinkost {last}|Buchhandlung {last}|Schuhhaus {last}|Blumen {first}|Rösterei {city}|Spielwaren {last}|{last} & Söhne|Naturladen {city}|Fahrrad {last}|Bäckerei {last}"),
		},
		{country: "GB", language: "en", weight: 16, phone: "+44 20 #### ####",
			first:   list("Oliver|Charlotte|James|Grace|Alice|Priya|Harriet|Finlay|Niamh|Rhys|Siân|Zadie|Eleanor|Dylan|Imogen|Ann|Joanna"),
			last:    list("Smith|Jones|Taylor|Brown|Davies|Evans|Hughes|Khan|Patel|O'Connor|MacDonald|Clarke|Robinson|Shaw|Whitfield"),
			begins:  list("Ash|Black|Brook|Carl|Hart|King|Long|Marsh|North|Oak|Red|Stan|Thorn|West|Wood"),
			ends:    list("ley|ton|well|field|worth|ford|ham|bury|more|stone|wood|shaw|combe"),
			cities:  list("London|Bristol|Leeds|Edinburgh|Cardiff|York|Norwich|Brighton|Bath|Glasgow|Newcastle upon Tyne"),
			streets: list("High Street|Mill Road|Church Lane|The Green"), company: list("{last} & Daughters|The {city} Tea Company|{last} Cycles|{first}'s Bakery|{city} Books|{last} Garden Centre|Little {last} Toys|{city} Bikes"),
		},
		{country: "FR", language: "en", weight: 8, phone: "+33 1 ## ## ## ##",
			first:  list("Camille|Léa|François|Hélène|Jérôme|Noémie|Raphaël|Zoé|Élodie|Benoît|Amélie"),
			last:   list("Bernard|Dubois|Petit|Moreau|Lefèvre|Garçon|Rousseau|Chevalier|Thévenet|Lemaître"),
			begins: list("Beau|Belle|Mont|Char|Du|Fon|Gran|Haute|Ville|Roche"), ends: list("champ|mont|ville|pré|fort|bois|lieu|val|court|roche"),
			cities: list("Paris|Lyon|Nantes|Bordeaux|Rennes|Orléans|Besançon|Nîmes"), streets: list("rue de la Gare|avenue Jean Jaurès|place du Marché"),
			company: list("Boulangerie {last}|Maison {last}|Fromagerie de {city}|Librairie {last}|Chez {first}|Atelier {last}"),
		},
		{country: "PL", language: "en", weight: 7, phone: "+48 22 ### ## ##",
			first: list("Anna|Łukasz|Agnieszka|Paweł|Małgorzata|Wojciech|Błażej|Żaneta|Grzegorz"), last: list("Nowak|Kowalski|Wiśniewski|Wójcik|Dąbrowska|Zając|Szymański|Żuraw"),
			begins: list("Brzez|Dąbr|Jab|Kal|Kamin|Lip|Maj|Ost|Piotr|Sos|Wil|Zal"), ends: list("owski|iński|ewicz|owicz|ak|czyk|ecki|owska"),
			cities: list("Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Toruń"), streets: list("ul. Długa|ul. Kwiatowa|ul. Główna"),
			company: list("Piekarnia {last}|Kwiaciarnia {first}|Księgarnia {city}|Rowery {last}|Galeria {last}"),
		},
		{country: "TR", language: "en", weight: 5, phone: "+90 212 ### ## ##",
			first: list("Ayşe|Emre|Merve|Oğuz|İbrahim|Çağla|Gülşah|Şebnem"), last: list("Yıldız|Demir|Şahin|Çelik|Kılıç|Öztürk|Aydın|Doğan|Güneş"),
			begins: list("Ak|Kara|Gök|Öz|Er|Taş|Yıl|Bay"), ends: list("taş|demir|kaya|türk|soy|han|gün|maz"),
			cities: list("İstanbul|Ankara|İzmir|Bursa|Eskişehir|Muğla"), streets: list("Atatürk Caddesi|Çiçek Sokak"),
			company: list("{last} Halı|{last} Baharat|{city} Kahve|{first} Butik|{last} Kitabevi"),
		},
		{country: "DK", language: "en", weight: 4, phone: "+45 ## ## ## ##",
			first: list("Mette|Søren|Rasmus|Jørgen|Astrid|Sigrid"), last: list("Sørensen|Christensen|Mikkelsen|Højgaard|Kjær|Ærø"),
			cities: list("København|Aarhus|Odense|Helsingør"), streets: list("Nørregade|Algade"), company: list("{last} Keramik|Bageriet i {city}|{last} Møbler|{first}s Vinbar"),
		},
		{country: "JP", language: "en", weight: 4, phone: "+81 3 #### ####",
			first: list("花子=Hanako|健=Ken|美咲=Misaki|翔太=Shota|結衣=Yui|大輔=Daisuke"), last: list("佐藤=Sato|鈴木=Suzuki|高橋=Takahashi|渡辺=Watanabe|田中=Tanaka|伊藤=Ito"),
			cities: list("Tokyo|Osaka|Kyoto|Sapporo"), streets: list("Chuo-dori|Sakura-dori"), company: list("{last} Stationery|{city} Ceramics|{last} Tea|Atelier {first}"),
		},
		{country: "KR", language: "en", weight: 3, phone: "+82 2 #### ####",
			first: list("지우=Jiwoo|서연=Seoyeon|민준=Minjun|하은=Haeun"), last: list("김=Kim|이=Lee|박=Park|최=Choi"),
			cities: list("서울|부산|인천"), streets: list("Jong-ro|Teheran-ro"), company: list("{last} Tea|{first} Studio|{last} Fashion"),
		},
		{country: "AE", language: "en", weight: 3, phone: "+971 4 ### ####",
			first: list("محمد=Mohammed|فاطمة=Fatima|يوسف=Yousef|ليلى=Layla"), last: list("الأحمد=Al Ahmad|الحداد=Al Haddad|النجار=Al Najjar|منصور=Mansour"),
			cities: list("Dubai|Abu Dhabi|Sharjah"), streets: list("Al Wasl Road|Corniche Street"), company: list("{city} Oud House|{last} Dates|{last} Carpets|Souk {last}"),
		},
		{country: "GR", language: "en", weight: 3, phone: "+30 21 #### ####",
			first: list("Γιώργος=Giorgos|Ελένη=Eleni|Κώστας=Kostas|Μαρία=Maria"), last: list("Παπαδόπουλος=Papadopoulos|Γεωργίου=Georgiou|Νικολάου=Nikolaou|Δημητρίου=Dimitriou"),
			cities: list("Athens|Thessaloniki|Patras|Heraklion"), streets: list("Ermou|Egnatia"), company: list("{last} Olives|{city} Sandals|{last} Honey|{first} Jewellery"),
		},
		{country: "BG", language: "en", weight: 2, phone: "+359 2 ### ####",
			first: list("Иван=Ivan|Мария=Maria|Георги=Georgi|Елена=Elena"), last: list("Иванов=Ivanov|Петрова=Petrova|Димитров=Dimitrov|Стоянова=Stoyanova"),
			cities: list("София|Пловдив|Варна"), streets: list("Vitosha|Graf Ignatiev"), company: list("{last} Books|{city} Roses|{first} Yoghurt"),
		},
	}
}

// stock is what is made once.
type stock struct {
	tags, months, hosts, reasons []string
	syllables, lines             []string // of brands
	plain                        *strings.Replacer
}

func newStock() stock {
	return stock{
		tags: list("newsletter|fashion|food|VIP|Shopify|Magento|flowers|gifts|Lightspeed|sports|home|pilot|WooCommerce|seasonal|multi-store|iOS only"),
		syllables: list("al|ba|bel|bo|ca|cor|da|del|do|el|en|fa|fi|flo|ga|gro|ha|hel|in|ja|ka|kin|la|lo|lum|ma|mer|mi|mo|na|nel|no|o|pa|pe|" +
			"pla|ra|ri|ro|sa|sel|si|so|ta|ti|to|u|va|vel|vi|wa|wil|xa|ya|yo|za|zen"),
		lines:   list("| Shop| Store| Fashion| & Co| Home| Bikes| Beauty| Sport| Design| Foods| GmbH| BV| Ltd| Studio| Toys| Wine"),
		months:  list("January|March|May|June|September|November|December"),
		hosts:   list("gmail|outlook|mail|icloud|post|freenet"),
		reasons: list("Contract ended|Invoices unpaid|Shop closed|Duplicate of another account"),
		plain:   strings.NewReplacer("ß", "ss", "ł", "l", "Ł", "l", "ø", "o", "Ø", "o", "æ", "ae", "Æ", "ae", "ı", "i", "&", "and"),
	}
}

// note is what a partner writes down.
func (m *maker) note(first, city string) string {
	said := func() string {
		switch m.r.IntN(10) {
		case 0:
			return "Prefers to be called in the morning."
		case 1:
			return "Wants the new menu before " + m.pick(m.months) + "."
		case 2:
			return "Invoice goes to the accountant, not to the shop."
		case 3:
			return "Met at the e-commerce fair in " + city + "; asked for push messages."
		case 4:
			return "Second shop opens in " + m.pick(m.months) + "."
		case 5:
			return "Has its own photographer.\nAsk " + first + " for the pictures in good time."
		case 6:
			return "Speaks German and English."
		case 7:
			return "App icon still to be approved."
		case 8:
			return "Very happy with loyalty cards."
		}
		return "Asked for a quote for a web shop, too."
	}
	note := said()
	if m.chance(40) {
		note += " " + said()
	}
	return note
}

// slug is a name as it stands in an address.
func (m *maker) slug(s string) string {
	s = m.plain.Replace(s)
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case unicode.IsSpace(c) && b.Len() > 0:
			b.WriteByte('-')
		}
	}
	if b.Len() == 0 {
		return "shop"
	}
	return b.String()
}
