package workspace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partnerdesk/backend/customer"
)

// config is what a workspace's folder says about it. It holds no secret.
type config struct {
	ID              string       `json:"id"` // names its secrets in the keyring
	Kind            Kind         `json:"kind"`
	PartnerName     string       `json:"partner_name"`
	PartnerUsername string       `json:"partner_username"`
	Port            int          `json:"port"` // of the embedded Back Office
	Mail            MailSettings `json:"mail"`
}

const configFile = "workspace.json"

// readConfig returns NotFound when the folder holds no workspace.
func readConfig(dir string) (config, error) {
	var c config
	raw, err := os.ReadFile(filepath.Join(dir, configFile))
	if errors.Is(err, fs.ErrNotExist) {
		return c, customer.Fail(customer.NotFound, "There is no workspace on this computer yet.")
	}
	if err != nil {
		return c, storageError(fmt.Errorf("read workspace: %w", err))
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, storageError(fmt.Errorf("read workspace: %w", err))
	}
	return c, nil
}

// write replaces the file at once, so that a crash leaves the old or the new one.
func (c config) write(dir string) error {
	c.Mail.Password, c.Mail.HasPassword, c.Mail.Folder = "", false, ""
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("write workspace: %w", err)
	}
	file := filepath.Join(dir, configFile)
	if err := os.WriteFile(file+".new", raw, 0o600); err != nil {
		return storageError(fmt.Errorf("write workspace: %w", err))
	}
	if err := os.Rename(file+".new", file); err != nil {
		return storageError(fmt.Errorf("write workspace: %w", err))
	}
	return nil
}

func storageError(err error) error {
	return customer.Fail(customer.Storage, "Partner Desk can't use its data folder: "+err.Error()+".")
}
