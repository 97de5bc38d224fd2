// Package appearance tells whether the desktop asks for light or dark. WebKit
// on Linux ignores it, so it is read from the desktop portal there; elsewhere
// the page's own media query is right.
package appearance
