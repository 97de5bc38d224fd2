package window_test

import (
	"testing"

	"partnerdesk/backend/window"
)

func TestADroppedFileIsTakenOnce(t *testing.T) {
	var d window.Dropped
	for _, data := range [][]any{nil, {1, 2}, {1, 2, "path"}, {1, 2, []string{}}, {1, 2, []string{""}}, {1, 2, 3}} {
		if d.Put(data) || d.Take() != "" {
			t.Errorf("%v was taken", data)
		}
	}
	if !d.Put([]any{1, 2, []string{"a.csv", "b.csv"}}) || d.Take() != "a.csv" || d.Take() != "" {
		t.Error("a drop was not taken once")
	}
}
