package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

// Asks for what is not final yet: a web hook is lost for good after its last retry.
func (s shop) recoverAlways() {
	every, err := time.ParseDuration(env("RECOVER_EVERY_SECONDS", "300") + "s")
	if err != nil {
		log.Fatal(err)
	}
	for range time.Tick(every) {
		if err := s.recover(env("INQUD_API_URL", "https://api.inqud.com")); err != nil {
			log.Print(err)
		}
	}
}

func (s shop) recover(api string) error {
	paths, err := s.open()
	if err != nil {
		return err
	}
	for _, path := range paths {
		if body := ask(api + path); body != nil {
			if err := s.record(body); err != nil {
				log.Print(err) // the others are asked for all the same
			}
		}
	}
	return nil
}

func (s shop) open() (paths []string, err error) {
	rows, err := s.db.Query("SELECT api_path FROM payments WHERE rank < ? AND api_path <> ''", final)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, rows.Err()
}

// Nil where the API does not say.
func ask(url string) []byte {
	question, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil
	}
	question.Header.Set("X-Token-API-Id", os.Getenv("INQUD_API_TOKEN_ID"))
	question.Header.Set("X-Token-API-Secret", os.Getenv("INQUD_API_TOKEN_SECRET"))
	client := http.Client{Timeout: 10 * time.Second}
	answer, err := client.Do(question)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return nil
	}
	return body
}
