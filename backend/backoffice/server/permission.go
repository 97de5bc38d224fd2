package server

import (
	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// permission is what a member's role must allow for a call.
type permission int

// The permissions. The zero value lets every member in.
const (
	anyRole permission = iota
	edit
	editOrRepeat // the store sees to it: what was answered before is answered again to every member
	manageMembers
)

// permissionKey is where an operation keeps its permission.
const permissionKey = "permission"

func permissionOf(op *huma.Operation) permission {
	p, _ := op.Metadata[permissionKey].(permission)
	return p
}

// describe says for the document who may call.
func (p permission) describe() string {
	switch p {
	case edit:
		return "For owners and managers."
	case editOrRepeat:
		return "For owners and managers; what was answered before is answered again to every member."
	case manageMembers:
		return "For owners."
	case anyRole:
	}
	return ""
}

// check returns Forbidden when the role does not allow it.
func (p permission) check(r api.Role) error {
	switch {
	case p == edit:
		return store.CheckMayEdit(r)
	case p == manageMembers && !r.MayManageMembers():
		return customer.Fail(customer.Forbidden, "Only an owner can do this.")
	}
	return nil
}
