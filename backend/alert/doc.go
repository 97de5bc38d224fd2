// Package alert shows a message of the system's own, for when the window can't
// come up to show one.
package alert
