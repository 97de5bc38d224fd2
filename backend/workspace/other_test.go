package workspace_test

import (
	"testing"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// otherPartner is another partner of the same Back Office.
type otherPartner struct {
	office *backoffice.BackOffice
	signIn store.SignIn
}

// openOther opens the Back Office in dir, which nobody else has open, and makes
// another partner there.
func openOther(t *testing.T, dir, url string) otherPartner {
	t.Helper()
	office, err := backoffice.Open(t.Context(), backoffice.Options{DataDir: dir, PublicURL: func() string { return url }})
	if err != nil {
		t.Fatal(err)
	}
	partner, err := office.CreatePartner(t.Context(), "other@agency.example", "Other Agency", ownerPassword)
	if err != nil {
		t.Fatal(err)
	}
	owner, hash, err := office.Store().MemberCredentials(t.Context(), partner.Username)
	if err != nil {
		t.Fatal(err)
	}
	_, in, err := office.Store().CreateSignIn(t.Context(), owner.ID, hash, 1<<40)
	if err != nil {
		t.Fatal(err)
	}
	return otherPartner{office, in}
}

// add gives the other partner a customer and closes the Back Office.
func (o otherPartner) add(t *testing.T, username string) {
	t.Helper()
	c := customer.Normalize(customer.Customer{
		Username: username, FirstName: "Someone", LastName: "Else", Company: "Shoes", Status: customer.PendingActivate,
	})
	result, err := o.office.Store().Apply(t.Context(), o.signIn, customer.Mutation{
		ID: "01890a5d-ac96-774b-bcce-b302099a8057", CustomerID: "01890a5d-ac96-774b-bcce-b302099a8058",
		Kind: customer.Create, Fields: customer.Diff(customer.Customer{}, c),
	})
	if err != nil || result.Outcome != customer.Applied {
		t.Fatalf("other partner's customer: %+v, %v", result, err)
	}
	if err := o.office.Close(); err != nil {
		t.Fatal(err)
	}
}
