package password

import (
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestCheckPHC(t *testing.T) {
	t.Parallel()
	salt, key := strings.Repeat("A", 22), strings.Repeat("A", 43) // 16 and 32 bytes
	with := func(parameters, salt, key string) string {
		return "$argon2id$v=19$" + parameters + "$" + salt + "$" + key
	}
	good := map[string]string{
		"our own":        with("m=19456,t=2,p=1", salt, key),
		"one pass":       with("m=47104,t=1,p=1", salt, key),
		"the most":       with("m=65536,t=10,p=4", strings.Repeat("A", 86), strings.Repeat("A", 86)),
		"more than ours": with("m=65536,t=3,p=4", salt, key),
	}
	for name, hash := range good {
		if err := CheckPHC(hash); err != nil {
			t.Errorf("%s refused: %v", name, err)
		}
	}
	bad := map[string]string{
		"empty":            "",
		"clear text":       "correct horse battery staple",
		"bcrypt":           "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
		"argon2i":          strings.Replace(with("m=19456,t=2,p=1", salt, key), "argon2id", "argon2i", 1),
		"older version":    strings.Replace(with("m=19456,t=2,p=1", salt, key), "v=19", "v=16", 1),
		"little memory":    with("m=19455,t=2,p=1", salt, key),
		"much memory":      with("m=65537,t=2,p=1", salt, key),
		"huge memory":      with("m=4294967295,t=2,p=1", salt, key),
		"overflow":         with("m=99999999999999999999,t=2,p=1", salt, key),
		"one pass only":    with("m=47103,t=1,p=1", salt, key),
		"no pass":          with("m=65536,t=0,p=1", salt, key),
		"many passes":      with("m=19456,t=11,p=1", salt, key),
		"no lane":          with("m=19456,t=2,p=0", salt, key),
		"many lanes":       with("m=19456,t=2,p=5", salt, key),
		"lanes wrap":       with("m=19456,t=2,p=257", salt, key),
		"short salt":       with("m=19456,t=2,p=1", strings.Repeat("A", 20), key),
		"long salt":        with("m=19456,t=2,p=1", strings.Repeat("A", 87), key),
		"short key":        with("m=19456,t=2,p=1", salt, strings.Repeat("A", 42)),
		"long key":         with("m=19456,t=2,p=1", salt, strings.Repeat("A", 87)),
		"empty key":        with("m=19456,t=2,p=1", salt, ""),
		"padding":          with("m=19456,t=2,p=1", salt+"==", key),
		"loose bits":       with("m=19456,t=2,p=1", salt[:21]+"B", key),
		"not base64":       with("m=19456,t=2,p=1", salt[:21]+"-", key),
		"other order":      with("t=2,m=19456,p=1", salt, key),
		"leading zero":     with("m=019456,t=2,p=1", salt, key),
		"negative":         with("m=-19456,t=2,p=1", salt, key),
		"more parameters":  with("m=19456,t=2,p=1,keyid=x", salt, key),
		"trailing newline": with("m=19456,t=2,p=1", salt, key) + "\n",
		"NUL":              with("m=19456,t=2,p=1", salt, key) + "\x00",
		"ten megabytes":    with("m=19456,t=2,p=1", salt, strings.Repeat("A", 10<<20)),
	}
	h := NewHasher(1)
	for name, hash := range bad {
		err := CheckPHC(hash)
		if customer.CodeOf(err) != customer.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
		if hash == "" {
			continue // Verify takes it as "no password yet"
		}
		if ok, err := h.Verify(t.Context(), hash, "x"); ok || customer.CodeOf(err) != customer.Invalid {
			t.Errorf("Verify with %s: %v, %v", name, ok, err)
		}
	}
}
