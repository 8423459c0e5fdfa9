package main

import (
	"crypto/hmac"
	"crypto/sha1"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strings"

	_ "github.com/mattn/go-sqlite3"
)

// A higher rank is later in a life. Final statuses share the highest: none replaces another.
const final = 9

var ranks = map[string]int{
	"NEW": 0, "WAITING_PAYMENT": 0, "PENDING": 1, "REQUEST_CREATED": 1,
	"FROZEN": 2, "PAYMENT_DETECTED": 2, "PENDING_PAYMENT": 2,
	"SUCCESS": final, "PARTIAL_SUCCESS": final, "CONFLICT": final,
	"FAILED": final, "CANCELLED": final, "EXPIRED": final,
}

const schema = `
CREATE TABLE IF NOT EXISTS events (id TEXT, status TEXT, PRIMARY KEY (id, status));
CREATE TABLE IF NOT EXISTS payments (
  id TEXT PRIMARY KEY, order_id TEXT, status TEXT, rank INTEGER, credited TEXT, api_path TEXT);
CREATE INDEX IF NOT EXISTS payments_of_order ON payments (order_id);`
const list = "SELECT id, status, credited FROM payments WHERE order_id = ? ORDER BY id"
const upsert = `INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
  SET status = excluded.status, rank = excluded.rank, credited = excluded.credited
  WHERE excluded.rank > payments.rank`

// A json.Number keeps every digit; a float64 would not. Null leaves it empty.
type event struct {
	ID, Status, ClientOrderID, ReferenceID, ProjectID string
	Amount, RequestAmount                             json.Number
	FixedAmount                                       struct{ Amount json.Number }
}

type payment struct {
	ID       string  `json:"id"`
	Status   string  `json:"status"`
	Credited *string `json:"credited"`
}

type shop struct{ db *sql.DB }

func (s shop) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2<<20)) // the bytes as they came
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	mac := hmac.New(sha1.New, []byte(os.Getenv("INQUD_HOOK_SECRET")))
	mac.Write(body)
	expected := hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(expected), []byte(r.Header.Get("X-Payload-Digest"))) {
		http.Error(w, "bad digest", http.StatusUnauthorized)
		return
	}
	if err := s.record(body); err != nil {
		log.Print(err)
		http.Error(w, "try again", http.StatusInternalServerError)
	}
}

func (s shop) record(body []byte) error {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return err
	}
	rank, known := ranks[e.Status]
	if !known || e.ID == "" {
		return nil // it changes nothing, and is answered 200
	}
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	claim, err := tx.Exec("INSERT OR IGNORE INTO events VALUES (?, ?)", e.ID, e.Status)
	if err != nil {
		return err
	}
	if rows, err := claim.RowsAffected(); err != nil || rows == 0 {
		return err // a duplicate, where there is no error
	}
	order := first(e.ClientOrderID, e.ReferenceID, e.ID)
	if _, err := tx.Exec(upsert, e.ID, order, e.Status, rank, e.credited(), e.apiPath()); err != nil {
		return err
	}
	return tx.Commit()
}

func (s shop) show(w http.ResponseWriter, r *http.Request) {
	order := strings.TrimPrefix(r.URL.Path, "/orders/")
	rows, err := s.db.Query(list, order)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	payments := []payment{}
	for rows.Next() {
		var p payment
		if err := rows.Scan(&p.ID, &p.Status, &p.Credited); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		payments = append(payments, p)
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"order": order, "payments": payments})
}

func (e event) credited() any {
	if e.Status != "SUCCESS" && e.Status != "PARTIAL_SUCCESS" {
		return nil
	}
	return first(e.Amount.String(), e.FixedAmount.Amount.String(), e.RequestAmount.String())
}

func (e event) apiPath() string {
	switch {
	case strings.HasPrefix(e.ID, "CCO-"):
		return "/v1/user/crypto-acquiring/" + e.ProjectID + "/checkouts/" + e.ID
	case strings.HasPrefix(e.ID, "CAPD-"):
		return "/v1/user/crypto-acquiring/requests/" + e.ID
	case strings.HasPrefix(e.ID, "PMT-"):
		return "/v1/user/payments/" + e.ID
	}
	return ""
}

func first(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}

func env(name, otherwise string) string { return first(os.Getenv(name), otherwise) }

func main() {
	if os.Getenv("INQUD_HOOK_SECRET") == "" {
		log.Fatal("INQUD_HOOK_SECRET is not set.")
	}
	db, err := sql.Open("sqlite3", "file:"+env("DATABASE", "shop.db")+
		"?_txlock=immediate&_busy_timeout=9000&_journal_mode=WAL")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec(schema); err != nil {
		log.Fatal(err)
	}
	s := shop{db}
	go s.recoverAlways()
	http.HandleFunc("/webhooks/inqud", s.receive)
	http.HandleFunc("/orders/", s.show)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+env("PORT", "4000"), nil))
}
