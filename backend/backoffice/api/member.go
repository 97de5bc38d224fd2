package api

import "partnerdesk/backend/customer"

// Role says what a member of a partner may do.
type Role string

// The roles. An owner may do everything and manages the members; a manager
// works on customers; support may look at them and log in as them. Inside a
// log-in-as, everybody acts with the customer's own rights, support too.
const (
	RoleOwner   Role = "owner"
	RoleManager Role = "manager"
	RoleSupport Role = "support"
)

// MayEdit reports whether the role may add and change customers, have mails
// sent to them and see the links in those, and end the visits of others.
func (r Role) MayEdit() bool { return r == RoleOwner || r == RoleManager }

// MayManageMembers reports whether the role may add and change members, and
// move customers in.
func (r Role) MayManageMembers() bool { return r == RoleOwner }

// Valid reports whether r is one of the three roles.
func (r Role) Valid() bool { return r == RoleOwner || r == RoleManager || r == RoleSupport }

// Title is the role as the screen names it, such as "Owner".
func (r Role) Title() string {
	switch r {
	case RoleOwner:
		return "Owner"
	case RoleManager:
		return "Manager"
	case RoleSupport:
		return "Support"
	}
	return string(r)
}

// Member is a person who signs in for a partner. The username is an email
// address, unique over the members of the whole Back Office without regard to
// case.
type Member struct {
	ID           string        `json:"id"`
	Username     string        `json:"username"`
	Name         string        `json:"name"`
	Role         Role          `json:"role" enum:"owner,manager,support"`
	Disabled     bool          `json:"disabled"`
	CreatedAt    customer.Time `json:"created_at"`
	LastSignInAt customer.Time `json:"last_sign_in_at"`
}

// Members lists a partner's members by name, the disabled ones last.
type Members struct {
	Members []Member `json:"members"`
}

// NewMember adds a member, who signs in with this password and can change it.
type NewMember struct {
	Username string `json:"username" maxLength:"254"`
	Name     string `json:"name" maxLength:"100"`
	Role     Role   `json:"role" enum:"owner,manager,support"`
	Password string `json:"password" maxLength:"1024"`
}

// MemberChange changes what it holds of a member. A new role, a new password
// and disabling end the member's sign-ins. The last owner stays one.
type MemberChange struct {
	Name     *string `json:"name,omitempty" maxLength:"100"`
	Role     *Role   `json:"role,omitempty" enum:"owner,manager,support"`
	Password *string `json:"password,omitempty" maxLength:"1024"`
	Disabled *bool   `json:"disabled,omitempty"`
}

// PasswordChange replaces the signed-in member's own password. The member's
// other sign-ins end.
type PasswordChange struct {
	Current string `json:"current" maxLength:"1024"`
	New     string `json:"new" maxLength:"1024"`
}
