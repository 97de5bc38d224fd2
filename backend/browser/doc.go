// Package browser opens links in the system browser and letters in the user's
// mail program. It opens only what it is told to allow, never by a shell, and
// says what went wrong.
package browser
