package sample

import "strings"

// place is a country's stock of names. Lists are separated by "|".
type place struct {
	country, language  string
	weight             int    // out of all places
	phone              string // # is a digit
	postal             string // # is a digit, ? a letter
	first, last        string // "native=latin" where the script is another one
	cities, streets    string
	company            string // {last}, {first}, {city} are filled in
	streetNumberBefore bool
}

func places() []place {
	return []place{
		{country: "NL", language: "nl", weight: 30, phone: "+31 6 ########", postal: "#### ??",
			first:   "Anouk|Bram|Daan|Eva|Femke|Gijs|Hanneke|Iris|Jasper|Jeroen|Karin|Lotte|Maarten|Noor|Pieter|Renée|Sanne|Sjoerd|Thijs|Willemijn",
			last:    "Bakker|de Boer|de Vries|van Dijk|Hendriks|Jansen|de Jong|Kuipers|Meijer|Mulder|van den Berg|Postma|Smit|Visser|Vos|de Wit",
			cities:  "Amsterdam|Utrecht|Groningen|Haarlem|Leiden|Breda|Zwolle|Deventer|Delft|Arnhem|'s-Hertogenbosch",
			streets: "Dorpsstraat|Kerkstraat|Lange Nieuwstraat|Marktplein|Molenweg|Oude Gracht|Stationsweg|Vismarkt",
			company: "Bloemenhuis {last}|Bakkerij {last}|{last} Wonen|Fietsen van {first}|Koffiebranderij {city}|Boekhandel {last}|Kaasboerderij {last}|{first} & Co Mode|Slijterij {city}|Speelgoed {last}"},
		{country: "DE", language: "de", weight: 18, phone: "+49 30 ########", postal: "#####",
			first:   "Anja|Björn|Claudia|Dieter|Emma|Frieda|Günter|Heike|Jörg|Katrin|Lukas|Matthias|Nele|Sören|Ulrike|Wolfgang",
			last:    "Becker|Fischer|Groß|Hoffmann|Jäger|Klein|Krüger|Lehmann|Müller|Neumann|Richter|Schäfer|Schröder|Vogel|Weiß|Zimmermann",
			cities:  "Berlin|Hamburg|Köln|München|Münster|Leipzig|Freiburg|Nürnberg|Düsseldorf|Lübeck",
			streets: "Bahnhofstraße|Gartenweg|Goethestraße|Hauptstraße|Lindenallee|Mühlenweg|Schloßstraße",
			company: "Feinkost {last}|Buchhandlung {last}|Schuhhaus {last}|Blumen {first}|Rösterei {city}|Spielwaren {last}|{last} & Söhne|Naturladen {city}"},
		{country: "GB", language: "en", weight: 14, phone: "+44 20 #### ####", postal: "??# #??",
			first:   "Alice|Benedict|Charlotte|Dylan|Eleanor|Finlay|Grace|Harriet|Imogen|James|Niamh|Oliver|Priya|Rhys|Siân|Zadie",
			last:    "Atkinson|Brown|Clarke|Davies|Evans|Hughes|Khan|MacDonald|O'Connor|Patel|Robinson|Shaw|Taylor|Whitfield|Young",
			cities:  "London|Bristol|Leeds|Edinburgh|Cardiff|York|Norwich|Brighton|Bath|Glasgow",
			streets: "Church Lane|High Street|Market Row|Mill Road|Queen Street|Station Road|The Green", streetNumberBefore: true,
			company: "{last} & Daughters|The {city} Tea Company|{last} Cycles|{first}'s Bakery|{city} Books|{last} Garden Centre|Little {last} Toys|{city} Leather Works"},
		{country: "FR", language: "en", weight: 8, phone: "+33 1 ## ## ## ##", postal: "#####",
			first:   "Amélie|Benoît|Camille|Élodie|François|Hélène|Jérôme|Léa|Mathieu|Noémie|Raphaël|Zoé",
			last:    "Bernard|Chevalier|Dubois|Lefèvre|Garçon|Lemaître|Moreau|Petit|Rousseau|Thévenet",
			cities:  "Paris|Lyon|Nantes|Rennes|Bordeaux|Orléans|Besançon|Nîmes",
			streets: "rue de la Gare|rue des Écoles|place du Marché|avenue Jean Jaurès|quai Saint-Michel", streetNumberBefore: true,
			company: "Boulangerie {last}|Maison {last}|Fromagerie de {city}|Librairie {last}|Chez {first}|Atelier {last}"},
		{country: "ES", language: "en", weight: 6, phone: "+34 91 ### ## ##", postal: "#####",
			first:   "Álvaro|Begoña|Carmen|Iñaki|Javier|Lucía|María José|Nuria|Rocío|Sergio",
			last:    "Fernández|García|Ibáñez|López|Martínez|Muñoz|Núñez|Peña|Sánchez|Vázquez",
			cities:  "Madrid|Barcelona|Sevilla|Valencia|Málaga|Logroño|Cádiz",
			streets: "Calle Mayor|Calle del Sol|Paseo de Gracia|Plaza de España|Avenida de América",
			company: "Zapatería {last}|Panadería {last}|Casa {last}|Aceites de {city}|Librería {last}|Moda {first}"},
		{country: "PL", language: "en", weight: 6, phone: "+48 22 ### ## ##", postal: "##-###",
			first:   "Agnieszka|Błażej|Ewa|Grzegorz|Jakub|Łukasz|Małgorzata|Paweł|Wojciech|Żaneta",
			last:    "Dąbrowska|Kowalski|Lewandowska|Nowak|Szymański|Wiśniewski|Wójcik|Zając|Żuraw",
			cities:  "Warszawa|Kraków|Łódź|Wrocław|Poznań|Gdańsk|Toruń",
			streets: "ul. Długa|ul. Główna|ul. Kwiatowa|ul. Mickiewicza|al. Jana Pawła II",
			company: "Piekarnia {last}|Kwiaciarnia {first}|Księgarnia {city}|Rowery {last}|Galeria {last}"},
		{country: "TR", language: "en", weight: 5, phone: "+90 212 ### ## ##", postal: "#####",
			first:   "Ayşe|Çağla|Emre|Gülşah|İbrahim|Merve|Oğuz|Şebnem|Umut",
			last:    "Aydın|Çelik|Demir|Doğan|Güneş|Kılıç|Öztürk|Şahin|Yıldız",
			cities:  "İstanbul|Ankara|İzmir|Bursa|Eskişehir|Muğla",
			streets: "Atatürk Caddesi|Bağdat Caddesi|Çiçek Sokak|İnönü Caddesi",
			company: "{last} Halı|{last} Baharat|{city} Kahve|{first} Butik|{last} Kitabevi"},
		{country: "SE", language: "en", weight: 4, phone: "+46 8 ### ## ##", postal: "### ##",
			first: "Åsa|Björn|Elin|Göran|Ingrid|Jörgen|Linnéa|Örjan|Saga", last: "Åkesson|Bergström|Ekström|Johansson|Lindqvist|Nyström|Öberg|Sjögren",
			cities: "Stockholm|Göteborg|Malmö|Umeå|Örebro", streets: "Drottninggatan|Kungsgatan|Storgatan|Västra Hamngatan",
			company: "{last}s Konditori|{city} Cykel|{last} Design|Garn & {first}"},
		{country: "DK", language: "en", weight: 3, phone: "+45 ## ## ## ##", postal: "####",
			first: "Astrid|Jørgen|Mette|Rasmus|Søren|Sigrid", last: "Ærø|Christensen|Højgaard|Kjær|Mikkelsen|Sørensen",
			cities: "København|Aarhus|Odense|Helsingør", streets: "Algade|Nørregade|Søndergade|Vestergade",
			company: "{last} Keramik|Bageriet i {city}|{last} Møbler|{first}s Vinbar"},
		{country: "FI", language: "en", weight: 2, phone: "+358 9 ### ####", postal: "#####",
			first: "Aino|Eero|Päivi|Väinö|Sisu", last: "Hämäläinen|Korhonen|Mäkelä|Virtanen|Yli-Hänninen",
			cities: "Helsinki|Tampere|Jyväskylä|Hämeenlinna", streets: "Hämeenkatu|Kauppakatu|Mannerheimintie",
			company: "{last} Puoti|{city} Kahvila|{last} Sauna & Home"},
		{country: "AE", language: "en", weight: 2, phone: "+971 4 ### ####",
			first: "محمد=Mohammed|فاطمة=Fatima|يوسف=Yousef|ليلى=Layla", last: "الأحمد=Al Ahmad|الحداد=Al Haddad|النجار=Al Najjar|منصور=Mansour",
			cities: "Dubai|Abu Dhabi|Sharjah", streets: "Al Wasl Road|Corniche Street|Jumeirah Road",
			company: "{city} Oud House|{last} Dates|{last} Carpets|Souk {last}"},
		{country: "JP", language: "en", weight: 2, phone: "+81 3 #### ####", postal: "###-####",
			first: "花子=Hanako|健=Ken|美咲=Misaki|翔太=Shota", last: "佐藤=Sato|鈴木=Suzuki|高橋=Takahashi|渡辺=Watanabe",
			cities: "Tokyo|Kyoto|Osaka|Sapporo", streets: "Chuo-dori|Sakura-dori|Shijo-dori",
			company: "{last} Stationery|{city} Ceramics|{last} Tea|Atelier {first}"},
		{country: "GR", language: "en", weight: 2, phone: "+30 21 #### ####", postal: "### ##",
			first: "Γιώργος=Giorgos|Ελένη=Eleni|Κώστας=Kostas|Μαρία=Maria", last: "Γεωργίου=Georgiou|Δημητρίου=Dimitriou|Νικολάου=Nikolaou|Παπαδόπουλος=Papadopoulos",
			cities: "Athens|Thessaloniki|Patras|Heraklion", streets: "Ermou|Egnatia|Tsimiski",
			company: "{last} Olives|{city} Sandals|{last} Honey|{first} Jewellery"},
	}
}

func list(s string) []string { return strings.Split(s, "|") }

func tags() []string {
	return list("fashion|food|flowers|gifts|sports|home|Magento|Shopify|Lightspeed|WooCommerce|VIP|newsletter|pilot|seasonal|multi-store|iOS only")
}

func notes() []string {
	return list("Prefers to be called in the morning.|Wants the new menu before the summer.|Invoice goes to the accountant, not to the shop.|" +
		"Met at the e-commerce fair; asked for push messages.|Second shop opens next year.|Has its own photographer.\nAsk for the pictures in good time.|" +
		"Speaks German and English.|App icon still to be approved.|Very happy with loyalty cards.|Asked for a quote for a web shop, too.")
}

func lockReasons() []string {
	return list("Contract ended|Invoices unpaid for three months|Shop closed for renovation|Asked to stop for the time being|Duplicate of another account|Taken over by another company")
}

func visitReasons() []string {
	return list("Menu is broken|Set up push messages|New banner for the home page|Customer can't find the settings|Check the product sync|Help with opening hours|")
}
