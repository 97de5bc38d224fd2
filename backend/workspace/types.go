package workspace

import (
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

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
	KindShared Kind = "shared" // its own program, for several desks
)

// Info describes the open workspace.
type Info struct {
	ID          string `json:"id"`
	Kind        Kind   `json:"kind"`
	PartnerName string `json:"partner_name"`
	// PartnerUsername is who signs in: the partner itself on this computer, a
	// member elsewhere.
	PartnerUsername string   `json:"partner_username"`
	MemberID        string   `json:"member_id"` // of a shared Back Office; else empty
	MemberName      string   `json:"member_name"`
	Role            api.Role `json:"role"`
	OfficeName      string   `json:"office_name"` // what a shared Back Office calls itself; else empty
	Address         string   `json:"address"`     // where this desk reaches the Back Office
	// SignedOut is true after the user signed out: the list shows only after
	// signing in.
	SignedOut bool `json:"signed_out"`
	// MovedTo is the address of the shared Back Office that the customers were
	// moved to; else empty.
	MovedTo string `json:"moved_to"`
}

// KnownWorkspace is a workspace of this computer, open or not.
type KnownWorkspace struct {
	ID              string `json:"id"`
	Kind            Kind   `json:"kind"`
	PartnerName     string `json:"partner_name"`
	PartnerUsername string `json:"partner_username"`
	OfficeName      string `json:"office_name"`
	Address         string `json:"address"` // of a shared Back Office; else empty
	Open            bool   `json:"open"`
	MovedTo         string `json:"moved_to"`
}

// Connection is what it takes to connect to a shared Back Office.
type Connection struct {
	Address  string `json:"address"` // as typed
	Username string `json:"username"`
	Password string `json:"password"`
}

// State is all that the window needs to know to choose its screen.
type State struct {
	Screen    Screen `json:"screen"`
	Workspace Info   `json:"workspace"`
	// Known are the workspaces of this computer but the sample; never nil.
	Known []KnownWorkspace `json:"known"`
	// SignedIn is false while no password is known, or the Back Office has
	// refused the one that is: changes wait until the user signs in.
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
