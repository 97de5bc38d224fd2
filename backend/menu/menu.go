// Package menu says what the native menus hold, as data: main.go makes the
// framework's menus of it. Titles and shortcuts are the page's own, from its
// actions.json; nothing of them is said again here.
package menu

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Menu is one menu of the menu bar.
type Menu struct {
	Title string
	Items []Item
}

// Item is an action that the page knows by its id.
type Item struct {
	ID    string
	Title string
	// Accelerator is the shortcut as the framework reads it, such as
	// "cmdorctrl+shift+k"; empty for none that a native menu may take.
	Accelerator string
	// Hint is the same as people read it, with Ctrl: "Ctrl+Shift+K".
	Hint string
	// Section says that a line is drawn above.
	Section bool
}

// Parse reads the page's actions.json, in its order.
func Parse(raw []byte) ([]Menu, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	menus := []Menu{}
	err := members(dec, func(title string) error {
		m := Menu{Title: title}
		err := members(dec, func(id string) error {
			var action struct {
				Title   string   `json:"title"`
				Keys    []string `json:"keys"`
				Section bool     `json:"section"`
			}
			if err := dec.Decode(&action); err != nil {
				return err
			}
			if id == "" || action.Title == "" {
				return fmt.Errorf("an action without an id or a title")
			}
			item := Item{ID: id, Title: action.Title, Section: action.Section}
			if key := native(action.Keys); key != "" {
				item.Accelerator = strings.ToLower(strings.Replace(key, "Mod", "cmdorctrl", 1))
				item.Hint = strings.Replace(key, "Mod", "Ctrl", 1)
			}
			m.Items = append(m.Items, item)
			return nil
		})
		menus = append(menus, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the actions: %w", err)
	}
	return menus, nil
}

// members calls each with the name of every member of the object that comes
// next; each reads the value. A map would lose the order.
func members(dec *json.Decoder, each func(name string) error) error {
	if t, err := dec.Token(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return fmt.Errorf("%v where an object begins", t)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		if err := each(name.(string)); err != nil { // a member's name is a string
			return fmt.Errorf("%v: %w", name, err)
		}
	}
	_, err := dec.Token()
	return err
}

// ofFields are the keys that a field needs itself, as belongsToFields of the
// page knows them: a menu would take them away from it.
var ofFields = regexp.MustCompile(`\+([ACVXYZ]|Enter|Backspace|Delete|Home|End|Arrow\w+)$`)

// native returns the first shortcut that a native menu may have: it takes the
// key wherever the focus is, so it is one with Ctrl or Command that types and
// edits nothing.
func native(keys []string) string {
	for _, key := range keys {
		if strings.HasPrefix(key, "Mod+") && !ofFields.MatchString(key) {
			return key
		}
	}
	return ""
}
