package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// config is what a workspace's folder says about it. It holds no secret.
type config struct {
	ID              string       `json:"id"` // names its secrets in the keyring
	Kind            Kind         `json:"kind"`
	PartnerName     string       `json:"partner_name"`
	PartnerUsername string       `json:"partner_username"` // who signs in
	Port            int          `json:"port,omitempty"`   // of the embedded Back Office
	Mail            MailSettings `json:"mail,omitzero"`
	MovedTo         string       `json:"moved_to,omitempty"`

	// Of a shared Back Office, as its last sign-in said.
	Address    string   `json:"address,omitempty"`
	OfficeName string   `json:"office_name,omitempty"`
	PartnerID  string   `json:"partner_id,omitempty"`
	MemberID   string   `json:"member_id,omitempty"`
	MemberName string   `json:"member_name,omitempty"`
	Role       api.Role `json:"role,omitempty"`
	SignedOut  bool     `json:"signed_out,omitempty"`
}

const configFile = "workspace.json"

// workspaceID names the workspace to the window.
func (c config) workspaceID() string {
	if c.Kind == KindShared {
		return c.ID
	}
	return string(c.Kind)
}

// role is what the signed-in member may do. On this computer there is but the
// partner itself.
func (c config) role() api.Role {
	if c.Kind == KindShared {
		return c.Role
	}
	return api.RoleOwner
}

// learn takes up what a sign-in says.
func (c config) learn(s api.Session) config {
	c.OfficeName, c.PartnerID, c.PartnerName = s.Name, s.Partner.ID, s.Partner.Name
	c.PartnerUsername = s.Member.Username
	c.MemberID, c.MemberName, c.Role = s.Member.ID, s.Member.Name, s.Member.Role
	return c
}

func (c config) info(url string) Info {
	i := Info{
		ID: c.workspaceID(), Kind: c.Kind, PartnerName: c.PartnerName, PartnerUsername: c.PartnerUsername,
		MemberID: c.MemberID, MemberName: c.MemberName, Role: c.role(), OfficeName: c.OfficeName, Address: url,
		SignedOut: c.SignedOut, MovedTo: c.MovedTo,
	}
	if c.Kind != KindShared {
		i.MemberName = c.PartnerName
	}
	return i
}

// readConfig returns NotFound when the folder holds no workspace.
func readConfig(dir string) (config, error) {
	var c config
	err := readJSON(filepath.Join(dir, configFile), &c)
	if errors.Is(err, fs.ErrNotExist) {
		return c, customer.Fail(customer.NotFound, "There is no workspace on this computer yet.")
	}
	if err != nil {
		return c, storageError(fmt.Errorf("read workspace: %w", err))
	}
	return c, nil
}

func (c config) write(dir string) error {
	c.Mail.Password, c.Mail.HasPassword, c.Mail.Folder = "", false, ""
	if err := writeJSON(filepath.Join(dir, configFile), c); err != nil {
		return storageError(fmt.Errorf("write workspace: %w", err))
	}
	return nil
}

func readJSON(file string, into any) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// writeJSON replaces the file at once, so that a crash leaves the old or the
// new one.
func writeJSON(file string, value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	if err := writeSynced(file+".new", raw); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

func writeSynced(file string, raw []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	return errors.Join(err, f.Sync(), f.Close())
}

func storageError(err error) error {
	return customer.Fail(customer.Storage, "Partner Desk can't use its data folder: "+err.Error()+".")
}
