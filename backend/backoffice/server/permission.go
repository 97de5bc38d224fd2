package server

import (
	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// permission is what a member's role must allow for a call.
type permission int

// The permissions. The zero value lets every member in.
const (
	anyRole permission = iota
	edit
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
	case manageMembers:
		return "For owners."
	case anyRole:
	}
	return ""
}

// check returns Forbidden when the role does not allow it.
func (p permission) check(r api.Role) error {
	switch {
	case p == edit && !r.MayEdit():
		return customer.Fail(customer.Forbidden, "Your role is support, which can't change customers. Ask an owner or a manager.")
	case p == manageMembers && !r.MayManageMembers():
		return customer.Fail(customer.Forbidden, "Only an owner can do this.")
	}
	return nil
}
