package server

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/route"
)

// Prefix is the path of the contract.
const Prefix = "/api/v1"

const (
	bearer     = "member"
	contract   = "1"
	jsonFormat = "application/json"
)

func (s *server) routes() *route.Mux {
	mux := route.New()
	schemas := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	a := humago.New(mux, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:   "Partner Desk Back Office",
				Version: contract,
				Description: "What Partner Desk asks of a Back Office. Moments are Unix milliseconds in UTC, " +
					"zero for never. Every failure is an RFC 9457 problem detail with a stable code.",
			},
			Components: &huma.Components{
				Schemas: schemas,
				SecuritySchemes: map[string]*huma.SecurityScheme{
					bearer: {Type: "http", Scheme: "bearer", Description: "The token of a sign-in."},
				},
			},
		},
		Formats:                      map[string]huma.Format{jsonFormat: huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat:                jsonFormat,
		RejectUnknownQueryParameters: true,
		Transformers:                 []huma.Transformer{translate},
	})
	a.UseMiddleware(s.prepare)
	s.addSession(a)
	s.addMembers(a)
	s.addFeed(a)
	s.addCustomers(a)
	s.addVisits(a)
	s.addMove(a)
	tidy(schemas)
	mux.HandleFunc("GET "+Prefix+"/openapi.json", document(a.OpenAPI()))
	return mux
}

// tidy drops huma's own error shapes from the document, and says that lists
// are never null.
func tidy(schemas huma.Registry) {
	all := schemas.Map()
	delete(all, "ErrorModel")
	delete(all, "ErrorDetail")
	for _, schema := range all {
		for _, property := range schema.Properties {
			if property.Type == huma.TypeArray {
				property.Nullable = false
			}
		}
	}
}

func document(spec *huma.OpenAPI) http.HandlerFunc {
	text, err := json.MarshalIndent(spec, "", "  ")
	return func(w http.ResponseWriter, _ *http.Request) {
		if err != nil {
			WriteProblem(w, err)
			return
		}
		w.Header().Set("Content-Type", jsonFormat)
		_, _ = w.Write(append(text, '\n')) // the client may be gone
	}
}

// operation describes a call and the problems it may answer with.
type operation struct {
	id, method, path, summary string
	status                    int  // of success
	open                      bool // needs no sign-in
	may                       permission
	body                      int64 // the most bytes a body may have; zero for no body
	problems                  []int
}

// add registers a call. Errors of handle become problem details.
func add[I, O any](s *server, a huma.API, o operation, handle func(context.Context, *I) (*O, error)) {
	op := huma.Operation{
		OperationID: o.id, Method: o.method, Path: Prefix + o.path, Summary: o.summary,
		DefaultStatus: o.status, Responses: map[string]*huma.Response{}, Description: o.may.describe(),
		Metadata: map[string]any{permissionKey: o.may},
	}
	problems := append([]int{http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}, o.problems...)
	if !o.open {
		op.Security = []map[string][]string{{bearer: {}}}
		problems = append(problems, http.StatusUnauthorized)
	}
	if o.body > 0 {
		op.MaxBodyBytes = o.body + 1 // huma refuses a body of exactly this size; prepare goes by one less
		op.BodyReadTimeout = -1      // prepare has read it already
		problems = append(problems, http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	shape := a.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[api.Problem](), true, "Problem")
	for _, status := range problems {
		op.Responses[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status),
			Content:     map[string]*huma.MediaType{api.ProblemType: {Schema: shape}},
		}
	}
	huma.Register(a, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.failed(ctx, o.id, err)
		}
		return out, nil
	})
}
