package menu

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	raw := `{
		"Zebra": {
			"second": {"title": "Second", "keys": ["N", "Mod+Shift+K", "Mod+J"]},
			"first": {"title": "First", "words": "other words", "section": true}
		},
		"Apple": {"undo": {"title": "Undo", "keys": ["Mod+Z"]}, "up": {"title": "Up", "keys": ["Mod+ArrowUp", "?"]}}
	}`
	menus, err := Parse([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	want := []Menu{
		{Title: "Zebra", Items: []Item{
			{ID: "second", Title: "Second", Accelerator: "cmdorctrl+shift+k", Hint: "Ctrl+Shift+K"},
			{ID: "first", Title: "First", Section: true},
		}},
		{Title: "Apple", Items: []Item{{ID: "undo", Title: "Undo"}, {ID: "up", Title: "Up"}}},
	}
	if !reflect.DeepEqual(menus, want) {
		t.Errorf("got %+v, want %+v", menus, want)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `[]`, `{"Menu": []}`, `{"Menu": {"a": {"keys": []}}}`, `{"Menu": {"a": {"title": 1}}}`, `{"Menu": {"a": {"title": "A"}`} {
		if menus, err := Parse([]byte(raw)); err == nil {
			t.Errorf("%s: no error but %v", raw, menus)
		}
	}
}

// The page's own actions make whole menus.
func TestActionsOfThePage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("..", "..", "frontend", "src", "lib", "actions", "actions.json"))
	if err != nil {
		t.Fatal(err)
	}
	menus, err := Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]string{}
	found := map[string]bool{}
	for _, m := range menus {
		if len(m.Items) == 0 || strings.Contains(m.Title, "&") {
			t.Errorf("menu %q has no items, or a sign that Windows reads as a mnemonic", m.Title)
		}
		for _, item := range m.Items {
			found[item.ID] = true
			if strings.ContainsAny(item.Title, "&\t_") {
				t.Errorf("%s: a menu can't show %q", item.ID, item.Title)
			}
			if other := taken[item.Accelerator]; item.Accelerator != "" && other != "" {
				t.Errorf("%s and %s have the same shortcut %s", other, item.ID, item.Hint)
			}
			taken[item.Accelerator] = item.ID
		}
	}
	for _, id := range []string{"add_customer", "find", "settings", "about"} {
		if !found[id] {
			t.Errorf("no item %s", id)
		}
	}
}
