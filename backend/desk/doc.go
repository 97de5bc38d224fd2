// Package desk holds the use cases of the desktop: list, look at, add, edit,
// and log in as a customer. Every one but the last works on the local replica
// alone and answers at once; the Back Office is reached through Remote.
//
// It opens no database, no connection and no window: what it needs is handed
// to New.
package desk
