package bound

import (
	"context"

	"partnerdesk/backend/desk"
	"partnerdesk/backend/window"
)

// Open reaches what is open at the time of a call.
type Open struct {
	Context  func() context.Context // of the window; ends with it
	Desk     func() (*desk.Desk, error)
	CopyText func(text string) error // to the clipboard
}

// with runs a use case of the open workspace; a panic in it becomes an error.
func with[T any](o *Open, use func(context.Context, *desk.Desk) (T, error)) (out T, err error) {
	defer window.Guard(&err)
	d, err := o.Desk()
	if err != nil {
		return out, err
	}
	return use(o.Context(), d)
}

func do(o *Open, use func(context.Context, *desk.Desk) error) error {
	_, err := with(o, func(ctx context.Context, d *desk.Desk) (struct{}, error) { return struct{}{}, use(ctx, d) })
	return err
}
