package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"partnerdesk/backend/moving"
)

// refusedFile holds a line for each customer that a move was refused, beside
// moveFile, which has room for the first hundred.
const refusedFile = "move-refused.jsonl"

// refusedLine is a line of it.
type refusedLine struct {
	Epoch string `json:"epoch"` // of the target's data
	moving.Refused
}

// keepRefused appends to the list.
func keepRefused(dir, epoch string, refused []moving.Refused) (err error) {
	var lines bytes.Buffer
	for _, r := range refused {
		if err := json.NewEncoder(&lines).Encode(refusedLine{epoch, r}); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(filepath.Join(dir, refusedFile), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err == nil {
		_, err = f.Write(lines.Bytes())
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return storageError(fmt.Errorf("keep who was refused: %w", err))
	}
	return nil
}

// forgetRefused removes the list.
func forgetRefused(dir string) error {
	err := os.Remove(filepath.Join(dir, refusedFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return storageError(fmt.Errorf("forget who was refused: %w", err))
	}
	return nil
}

// RefusedCustomers returns all customers that the other side did not take, in
// the order of the move; never nil.
func (m *Manager) RefusedCustomers() ([]moving.Refused, error) {
	refused := []moving.Refused{}
	p, err := readMove(m.localDir())
	if err != nil {
		return refused, err
	}
	raw, err := os.ReadFile(filepath.Join(m.localDir(), refusedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return refused, nil
	}
	if err != nil {
		return refused, storageError(fmt.Errorf("read who was refused: %w", err))
	}
	seen := map[string]bool{}
	for line := range bytes.Lines(raw) {
		var r refusedLine
		if json.Unmarshal(line, &r) != nil { // cut off by a crash: it was written again
			continue
		}
		// What was told twice was sent twice.
		if r.Epoch == p.Epoch && !seen[r.CustomerID] {
			seen[r.CustomerID] = true
			refused = append(refused, r.Refused)
		}
	}
	return refused, nil
}
