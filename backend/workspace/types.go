package workspace

import "partnerdesk/backend/customer"

// Screen says which screen the window shows.
type Screen string

// The screens.
const (
	ScreenWelcome Screen = "welcome" // no workspace yet
	ScreenSignIn  Screen = "sign_in" // the password has to be asked
	ScreenList    Screen = "list"    // a workspace is open
	ScreenProblem Screen = "problem" // the data can't be opened
)

// Kind says where a workspace's Back Office is.
type Kind string

// The kinds of workspace.
const (
	KindLocal  Kind = "local"  // embedded, on this computer
	KindSample Kind = "sample" // embedded and thrown away when left
)

// Info describes the open workspace.
type Info struct {
	Kind            Kind   `json:"kind"`
	PartnerName     string `json:"partner_name"`
	PartnerUsername string `json:"partner_username"`
	PublicURL       string `json:"public_url"` // where the customers' pages are
}

// State is all that the window needs to know to choose its screen.
type State struct {
	Screen    Screen `json:"screen"`
	Workspace Info   `json:"workspace"`
	// SignedIn is false while the user works offline without having signed in.
	SignedIn bool `json:"signed_in"`
	// Keyring says what is wrong with the OS keyring; nil when it works.
	Keyring *customer.Error `json:"keyring"`
	// Problem says why the data can't be opened, on ScreenProblem.
	Problem *customer.Error `json:"problem"`
	// Backup is when the newest backup of the data that can't be opened was
	// made; zero when there is none to go back to.
	Backup  customer.Time `json:"backup"`
	Version string        `json:"version"`
}

// Owner is the partner who sets up a workspace on this computer.
type Owner struct {
	Name     string `json:"name"`
	Username string `json:"username"` // an email address
	Password string `json:"password"`
}

// MailSettings says how the embedded Back Office sends mail.
type MailSettings struct {
	UseSMTP     bool   `json:"use_smtp"` // false: mails are written to files
	Host        string `json:"host"`
	Port        int    `json:"port"`
	Security    string `json:"security"` // "starttls", "tls" or "none" (this computer only)
	Username    string `json:"username"`
	FromName    string `json:"from_name"`
	FromAddress string `json:"from_address"`
	// Password is only ever handed in; empty keeps the one in the keyring.
	Password    string `json:"password"`
	HasPassword bool   `json:"has_password"` // one is known
	Folder      string `json:"folder"`       // where the files are
}
