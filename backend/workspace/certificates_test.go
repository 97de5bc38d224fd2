package workspace_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority is the certificate authority that this computer, as far as these
// tests go, trusts beside no other. That needs a system that reads its
// authorities from a file (Linux and its kin); elsewhere nobody trusts it.
var authority = newAuthority("Test Authority")

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "partner-desk")
		if err != nil {
			panic(err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
		file := filepath.Join(dir, "authorities.pem")
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority.leaf.Raw})
		if err := os.WriteFile(file, text, 0o600); err != nil {
			panic(err)
		}
		for name, value := range map[string]string{"SSL_CERT_FILE": file, "SSL_CERT_DIR": dir} {
			if err := os.Setenv(name, value); err != nil {
				panic(err)
			}
		}
		return m.Run()
	}())
}

type signer struct {
	leaf *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(name string) signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	if c, err = x509.ParseCertificate(raw); err != nil {
		panic(err)
	}
	return signer{c, key}
}

// sign makes a certificate of 127.0.0.1, valid now, but for what change says.
func (s signer) sign(t *testing.T, change func(*x509.Certificate)) *tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Back Office"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(c)
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, s.leaf, &key.PublicKey, s.key)
	if err != nil {
		t.Fatal(fmt.Errorf("sign: %w", err))
	}
	return &tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
}
